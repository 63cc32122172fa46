#include <limits>

#include <gtest/gtest.h>

#include "events/log.h"
#include "report/report.h"
#include "report/words.h"

namespace tb::report {
namespace {

/// A small session with everything a report shows.
struct Sample {
    scenario::Scenario scenario;
    events::EventLog log{events::LogHeader{}};
    scoring::Assessment assessment;
    ReportInput input;

    Sample() {
        scenario.title = "Office worker, descending trapezius";
        log.append(0, "trainee", events::Action(events::Say{"identity.name"}));
        log.append(240, "simulator",
                   events::Finding(events::Punctured{
                       events::Tool::Needle, {}, Degrees(62), Newtons(0.98), Millimetres(12), 1.0}));
        log.append(480, "simulator",
                   events::Finding(events::NeedlePass{
                       1, Millimetres(14.2), Millimetres(2.1), Degrees(0), Millimetres(0), false, {}}));
        assessment.total = 87.25;
        assessment.pass = true;
        assessment.pass_reason = "all requirements met";
        scoring::ItemScore item;
        item.id = "aspirate";
        item.phase = "inject";
        item.text = "Aspirate";
        item.points = 1.5;
        item.of = 3;
        item.why = "You aspirated for 0.4 s; at 25 G blood needs about 1.3 s to show.";
        item.measures.push_back({"hold", "s", 0.4, true, 0.5, "good 2 or more", {2}});
        assessment.items.push_back(item);
        assessment.near_misses.push_back({"pleura_r", 4.2, 1});
        assessment.help.push_back({"x_ray", {0}});
        input.scenario = &scenario;
        input.log = &log;
        input.assessment = &assessment;
    }
};

TEST(Report, IsAPdf) {
    const Sample s;
    const auto bytes = render_report(s.input, Format::Pdf);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->substr(0, 5), "%PDF-");
    EXPECT_NE(bytes->find("%%EOF"), std::string::npos);
}

TEST(Report, IsAnSvgOfOneTallPage) {
    const Sample s;
    const auto bytes = render_report(s.input, Format::Svg);
    ASSERT_TRUE(bytes);
    EXPECT_NE(bytes->find("<svg"), std::string::npos);
    EXPECT_NE(bytes->find("</svg>"), std::string::npos);
}

TEST(Report, ManyItemsTakeMorePages) {
    Sample s;
    const auto pages = [&] {
        const auto bytes = render_report(s.input, Format::Pdf);
        std::size_t n = 0;
        for (std::size_t at = 0; (at = bytes->find("/Type /Page %", at)) != std::string::npos; ++at)
            ++n;
        return n;
    };
    const std::size_t few = pages();
    for (int i = 0; i < 60; ++i)
        s.assessment.items.push_back(s.assessment.items.front());
    EXPECT_GT(pages(), few);
}

TEST(Report, AnItemNamesPointsValueExpectationReasonAndEvidence) {
    const Sample s;
    const std::string text = text_report(s.input);
    for (const char* part : {"87.2", "pass", "1.5", "Aspirate", "0.4 s", "good 2 or more", "#2",
                             "You aspirated", "pleura_r: 4.2 mm", "Help used: x-ray look."}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

TEST(Report, ACriticalFindingStandsOut) {
    Sample s;
    s.assessment.critical.push_back({"pleura", "Tip in the pleural space", "pleura_r", {1}});
    s.assessment.pass = false;
    EXPECT_NE(text_report(s.input).find("CRITICAL pleura"), std::string::npos);
    EXPECT_NE(text_report(s.input).find("not passed"), std::string::npos);
}

TEST(Report, ABrokenPictureIsLeftOut) {
    Sample s;
    s.input.pictures.push_back({"a picture", "this is no PNG"});
    EXPECT_TRUE(render_report(s.input, Format::Pdf));
}

TEST(Report, TheTimelineLeavesOutPosesAndCheckpoints) {
    events::EventLog log{events::LogHeader{}};
    EXPECT_TRUE(event_text(log.append(0, "trainee", events::Action(events::ToolPose{}))).empty());
    EXPECT_TRUE(event_text(log.append(0, "simulator", events::Finding(events::Checkpoint{}))).empty());
    EXPECT_NE(event_text(log.append(0, "trainee", events::Action(events::Say{"identity.name"})))
                  .find("identity.name"),
              std::string::npos);
}

TEST(Report, NumbersHaveNoTrailingZeros) {
    EXPECT_EQ(number_text(1.50), "1.5");
    EXPECT_EQ(number_text(2.0), "2");
    EXPECT_EQ(number_text(-0.001), "0");
    EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "-");
    EXPECT_EQ(time_text(120 * 75), "1:15");
}

} // namespace
} // namespace tb::report
