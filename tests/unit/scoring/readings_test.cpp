#include "scoring/readings.h"

#include <gtest/gtest.h>

namespace tb::scoring {
namespace {

events::Event reading(std::int64_t seq, double x, const char* structure, double pressure, double rate = 1.0) {
    events::PressureThreshold p;
    p.point = {x, 1400.0, -80.0};
    p.structure = structure;
    p.pressure = KgPerCm2(pressure);
    p.rate = KgPerCm2PerSecond(rate);
    p.quick = rate > 2.0;
    p.over = KgPerCm2(0.3 * (rate - 1.0));
    return {seq * 10, seq, "simulator", events::Finding(p)};
}

TEST(Readings, AreListedAndComparedWithTheSamePlaceOfTheOtherSide) {
    const std::vector<events::Event> log{reading(0, -70.0, "trapezius_descending_r", 2.6),
                                         {5, 1, "simulator", events::Finding(events::Felt{})},
                                         reading(2, 130.0, "trapezius_descending_l", 5.0),
                                         reading(3, 72.0, "trapezius_descending_l", 4.1)};
    const auto all = algometer_readings(log);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].other, -1);
    EXPECT_EQ(all[1].other, -1) << "too far from the mirrored place";
    EXPECT_EQ(all[2].other, 0);
    EXPECT_EQ(all[2].seq, 3);
    EXPECT_EQ(reading_words(all, 0), "2.6 kg/cm²");
    EXPECT_EQ(reading_words(all, 2), "4.1 kg/cm², 1.5 higher than the other side");
}

TEST(Readings, AnotherStructureIsNotTheOtherSide) {
    const auto all = algometer_readings(
        {reading(0, -70.0, "trapezius_descending_r", 2.6), reading(1, 70.0, "levator_scapulae_l", 4.0)});
    EXPECT_EQ(all[1].other, -1);
}

TEST(Readings, AQuickOneIsNotCompared) {
    const auto all = algometer_readings({reading(0, -70.0, "x_r", 2.6, 4.0), reading(1, 70.0, "x_l", 4.1),
                                         reading(2, -70.0, "x_r", 3.6, 4.0), reading(3, -70.0, "x_r", 2.5)});
    EXPECT_EQ(all[1].other, -1);
    EXPECT_EQ(all[2].other, -1);
    EXPECT_EQ(all[3].other, 1);
}

TEST(Readings, AQuickPressIsSaidWithWhatItAdds) {
    const auto all = algometer_readings({reading(0, -70.0, "trapezius_descending_r", 3.5, 4.0)});
    EXPECT_EQ(reading_words(all, 0),
              "3.5 kg/cm²; pressed too fast (4.0 kg/cm² a second), so about 0.9 too high");
}

TEST(Readings, ThePlaceNamesTheSide) {
    EXPECT_EQ(reading_place(nullptr, algometer_readings({reading(0, -70.0, "x", 2.0)})[0].found),
              "x (right)");
    EXPECT_EQ(reading_place(nullptr, algometer_readings({reading(0, 70.0, "x", 2.0)})[0].found), "x (left)");
    EXPECT_EQ(reading_place(nullptr, algometer_readings({reading(0, 0.0, "x", 2.0)})[0].found, false),
              "skin");
}

} // namespace
} // namespace tb::scoring
