#include <gtest/gtest.h>

#include "events/log.h"

namespace tb::events {
namespace {

EventLog sample() {
    LogHeader h;
    h.program = "tautband test";
    h.scenario = "desk-neck";
    h.seed = 0xfedcba9876543210ULL;
    h.mode = "practice";
    EventLog log(h);
    log.append(0, "trainee", Action(SelectTool{Tool::Finger}));
    log.append(3, "trainee", Action(ToolPose{Tool::Finger, {-75.4, 1474.2, 95}, {0, -1, 0}, Newtons(2.1)}));
    log.append(3, "simulator",
               Finding(Contact{Tool::Finger, true, {-75.4, 1474.2, 95}, "trapezius_descending_r"}));
    log.append(120, "simulator", Finding(Checkpoint{42}));
    return log;
}

TEST(Log, ReadsBackEqualWithTheSameChain) {
    const EventLog log = sample();
    const auto back = read_log(log.text(), "x.tautlog");
    ASSERT_TRUE(back) << back.error().text();
    EXPECT_EQ(back->log.header(), log.header());
    EXPECT_EQ(back->log.events(), log.events());
    EXPECT_EQ(back->log.chain_head(), log.chain_head());
    EXPECT_EQ(back->broken_line, 0U);
    EXPECT_TRUE(back->complete);
}

TEST(Log, UnwrittenLinesAreHandedOutOnceAndAddUpToTheText) {
    EventLog log = sample();
    std::string text = log.take_unwritten();
    EXPECT_EQ(text, log.text());
    EXPECT_TRUE(log.take_unwritten().empty());
    log.append(121, "trainee", Action(AskHint{}));
    text += log.take_unwritten();
    EXPECT_EQ(text, log.text());
}

TEST(Log, AReadLogGoesOnWhereItEnded) {
    auto back = read_log(sample().text(), "x");
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->log.take_unwritten().empty());
    EventLog straight = sample();
    back->log.append(130, "trainee", Action(AskHint{}));
    straight.append(130, "trainee", Action(AskHint{}));
    EXPECT_EQ(back->log.text(), straight.text());
}

TEST(Log, ACutOffLastLineIsDroppedAndSaid) {
    const std::string text = sample().text();
    const auto back = read_log(text.substr(0, text.size() - 7), "x");
    ASSERT_TRUE(back);
    EXPECT_FALSE(back->complete);
    EXPECT_EQ(back->log.events().size(), 3U);
    EXPECT_FALSE(back->warning.empty());
    EXPECT_EQ(back->broken_line, 0U);
}

TEST(Log, EveryPrefixIsReadableOrSaysWhy) {
    const std::string text = sample().text();
    for (std::size_t n = 0; n < text.size(); ++n) {
        const auto back = read_log(text.substr(0, n), "x");
        if (!back) {
            EXPECT_FALSE(back.error().message.empty());
            EXPECT_LT(n, text.find('\n') + 1);
        }
    }
}

TEST(Log, AnyChangedByteIsNoticed) {
    const std::string text = sample().text();
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char c : {'0', 'x', '\n', '}'}) {
            if (text[i] == c) continue;
            std::string changed = text;
            changed[i] = c;
            const auto back = read_log(changed, "x");
            EXPECT_TRUE(!back || back->broken_line != 0 || !back->complete) << "byte " << i << " to " << c;
        }
    }
}

TEST(Log, RemovedAndSwappedLinesAreNoticed) {
    const std::string text = sample().text();
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    const auto removed = read_log(lines[0] + lines[2] + lines[3], "x");
    EXPECT_FALSE(removed);
    const auto swapped = read_log(lines[0] + lines[2] + lines[1] + lines[3], "x");
    EXPECT_FALSE(swapped);
}

TEST(Log, WhatIsNoLogIsSaidToBeNone) {
    for (const char* text : {"", "\n", "hello\n", "{}\n", "{\"tautlog\":999}\n", "[1,2]\n"}) {
        const auto back = read_log(text, "x.tautlog");
        ASSERT_FALSE(back) << text;
        EXPECT_FALSE(back.error().message.empty());
        EXPECT_EQ(exit_code_of(back.error().code), 2);
    }
}

TEST(Log, GetGivesTheTypedEvent) {
    const EventLog log = sample();
    ASSERT_NE(log.events()[1].get<ToolPose>(), nullptr);
    EXPECT_EQ(log.events()[1].get<Contact>(), nullptr);
    EXPECT_EQ(log.events()[2].get<Contact>()->muscle, "trapezius_descending_r");
    EXPECT_TRUE(log.events()[0].is_action());
    EXPECT_FALSE(log.events()[2].is_action());
}

} // namespace
} // namespace tb::events
