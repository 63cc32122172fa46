#include <gtest/gtest.h>

#include "app/script.h"
#include "events/log.h"

namespace tb::app {
namespace {

TEST(Script, ReadsTimesInSecondsAndTicks) {
    const auto s = read_script("# a comment\n"
                               "{\"at\": 0.5, \"do\": {\"type\": \"say\", \"topic\": \"x\"}}\n\n"
                               "{\"t\": 120, \"do\": {\"type\": \"ask_hint\"}}\n"
                               "{\"until\": 2}\n",
                               "s.jsonl");
    ASSERT_TRUE(s);
    ASSERT_EQ(s->lines.size(), 2U);
    EXPECT_EQ(s->lines[0].tick, 60);
    EXPECT_EQ(s->lines[1].tick, 120);
    EXPECT_EQ(s->end, 240);
}

TEST(Script, NamesEveryFaultyLineAtOnce) {
    const auto s = read_script("nonsense\n"
                               "{\"do\": {\"type\": \"ask_hint\"}}\n"
                               "{\"at\": 5, \"do\": {\"type\": \"fly\"}}\n"
                               "{\"at\": 1, \"do\": {\"type\": \"ask_hint\"}}\n"
                               "{\"at\": -1, \"do\": {\"type\": \"ask_hint\"}}\n"
                               "{\"at\": 6}\n",
                               "s.jsonl");
    ASSERT_FALSE(s);
    ASSERT_EQ(s.error().size(), 6U);
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_EQ(s.error()[i].where, "s.jsonl:" + std::to_string(i + 1));
}

TEST(Script, ALogCanBePlayedAsAScript) {
    events::EventLog log(events::LogHeader{});
    log.append(10, "trainee", events::Action(events::AskHint{}));
    log.append(10, "simulator", events::Finding(events::HintGiven{"look"}));
    log.append(20, "trainee", events::Action(events::Say{"x"}));
    const auto s = read_script(log.text(), "x.tautlog");
    ASSERT_TRUE(s);
    ASSERT_EQ(s->lines.size(), 2U);
    EXPECT_EQ(s->lines[1].tick, 20);
}

TEST(Script, ATimeBeyondADayIsRefused) {
    EXPECT_FALSE(read_script("{\"until\": 1e9}\n", "s"));
    EXPECT_FALSE(read_script("{\"t\": 99999999999, \"do\": {\"type\": \"ask_hint\"}}\n", "s"));
}

} // namespace
} // namespace tb::app
