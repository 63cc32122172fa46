#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/random.h"
#include "base/structure.h"
#include "base/units.h"

namespace tb {
namespace {

TEST(Units, TicksAndSecondsAgree) {
    EXPECT_EQ(ticks_of(Seconds(1.0)), 120);
    EXPECT_EQ(ticks_of(Seconds(0.5)), 60);
    EXPECT_DOUBLE_EQ(seconds_of(240).value(), 2.0);
}

TEST(Units, QuantisingGivesTheNearestMultipleAndIsStable) {
    EXPECT_DOUBLE_EQ(quantise(2.104, 0.01), 2.10);
    EXPECT_DOUBLE_EQ(quantise(-2.106, 0.01), -2.11);
    for (double v : {0.0, 1.234567, -1474.2051, 1e6 + 0.005}) {
        EXPECT_DOUBLE_EQ(quantise(quantise(v, 0.01), 0.01), quantise(v, 0.01));
    }
}

TEST(Units, QuantisingNeverGivesNegativeZero) {
    EXPECT_FALSE(std::signbit(quantise(-0.001, 0.01)));
}

TEST(Hash, Sha256MatchesTheStandardsExamples) { // FIPS 180-4 examples
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256_hex(std::string(1000000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, StateHashDependsOnOrderAndOnEveryValue) {
    StateHash a, b, c;
    a.add(1.0);
    a.add(2.0);
    b.add(2.0);
    b.add(1.0);
    c.add(1.0);
    c.add(2.0000001);
    EXPECT_NE(a.value(), b.value());
    EXPECT_NE(a.value(), c.value());
}

TEST(Random, SameSeedSameNumbersOtherStreamOtherNumbers) {
    Random a(7, "x"), b(7, "x"), c(7, "y");
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        const auto va = a.next_u32();
        EXPECT_EQ(va, b.next_u32());
        differs = differs || va != c.next_u32();
    }
    EXPECT_TRUE(differs);
}

TEST(Random, UniformStaysInItsIntervalAndHasItsMean) {
    Random r(1);
    double sum = 0;
    for (int i = 0; i < 20000; ++i) {
        const double v = r.uniform();
        ASSERT_GE(v, 0.0);
        ASSERT_LT(v, 1.0);
        sum += v;
    }
    EXPECT_NEAR(sum / 20000, 0.5, 0.01);
}

TEST(Random, NormalHasItsMeanAndSpread) {
    Random r(3);
    double sum = 0, sq = 0;
    const int n = 20000;
    for (int i = 0; i < n; ++i) {
        const double v = r.normal(5.0, 2.0);
        sum += v;
        sq += v * v;
    }
    const double mean = sum / n;
    EXPECT_NEAR(mean, 5.0, 0.06);
    EXPECT_NEAR(std::sqrt(sq / n - mean * mean), 2.0, 0.05);
}

TEST(Random, BelowReachesEveryValueAndNoOther) {
    Random r(9);
    std::vector<int> seen(7, 0);
    for (int i = 0; i < 7000; ++i)
        ++seen.at(r.below(7));
    for (int n : seen)
        EXPECT_GT(n, 800);
}

TEST(Json, SyntaxErrorNamesFileAndLine) {
    const auto r = parse_json("{\n \"a\": 1,\n oops\n}", "x.json");
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error().where, "x.json:3");
    EXPECT_EQ(exit_code_of(r.error().code), 2);
}

TEST(Json, EmptyFileIsSaidToBeEmpty) {
    const auto r = parse_json("", "x.json");
    ASSERT_FALSE(r);
    EXPECT_NE(r.error().message.find("empty"), std::string::npos);
}

TEST(Json, ReaderCollectsEveryFaultWithItsPlace) {
    const auto json = parse_json(R"({"a": "text", "b": 500, "list": [1, "x"]})", "f");
    ASSERT_TRUE(json);
    std::vector<Error> faults;
    const JsonReader r(*json, "f.json", faults);
    (void)r.number("a", 0, 1);
    (void)r.number("b", 0, 100);
    for (const auto& e : r.child("list").elements())
        (void)e.as_number(0, 10);
    (void)r.text("missing");
    r.only_keys({"a", "b", "list"});
    ASSERT_EQ(faults.size(), 4U);
    EXPECT_EQ(faults[0].where, "f.json at /a");
    EXPECT_EQ(faults[1].where, "f.json at /b");
    EXPECT_EQ(faults[2].where, "f.json at /list/1");
    EXPECT_NE(faults[3].message.find("missing"), std::string::npos);
}

TEST(Json, MisspeltKeyIsAFault) {
    const auto json = parse_json(R"({"heigth": 1})", "f");
    std::vector<Error> faults;
    JsonReader(*json, "f.json", faults).only_keys({"height"});
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults[0].message.find("heigth"), std::string::npos);
}

TEST(Structure, KindNamesReadBack) {
    for (int i = 0; i <= static_cast<int>(StructureKind::Organ); ++i) {
        const auto kind = static_cast<StructureKind>(i);
        StructureKind back{};
        EXPECT_TRUE(from_name(name_of(kind), back));
        EXPECT_EQ(back, kind);
    }
    StructureKind none{};
    EXPECT_FALSE(from_name("spleen-ish", none));
}

TEST(Structure, OnlyDangerousKindsAreHazards) {
    EXPECT_TRUE(is_hazard(StructureKind::Pleura));
    EXPECT_TRUE(is_hazard(StructureKind::Vein));
    EXPECT_FALSE(is_hazard(StructureKind::Muscle));
    EXPECT_FALSE(is_hazard(StructureKind::Bone));
}

} // namespace
} // namespace tb
