#include <gtest/gtest.h>

#include "events/codec.h"

namespace tb::events {
namespace {

template <class V, std::size_t... I>
std::vector<V> one_of_each(std::index_sequence<I...>) {
    return {V{std::variant_alternative_t<I, V>{}}...};
}
template <class V>
std::vector<V> one_of_each() {
    return one_of_each<V>(std::make_index_sequence<std::variant_size_v<V>>());
}

TEST(Codec, EveryActionReadsBackEqual) {
    for (const Action& a : one_of_each<Action>()) {
        const auto back = action_from_json(to_json(a), "x");
        ASSERT_TRUE(back) << kind_name(a) << ": " << back.error().text();
        EXPECT_EQ(*back, a);
    }
}

TEST(Codec, EveryFindingReadsBackEqual) {
    for (const Finding& f : one_of_each<Finding>()) {
        const auto back = finding_from_json(to_json(f), "x");
        ASSERT_TRUE(back) << kind_name(f) << ": " << back.error().text();
        EXPECT_EQ(*back, f);
    }
}

TEST(Codec, ValuesSurviveTheRoundTrip) {
    const Action a = quantised(
        ToolPose{Tool::Needle, {-75.4042, 1474.2, 95.0}, {-0.018, -0.186, -0.982}, Newtons(2.1049)});
    const auto back = action_from_json(to_json(a), "x");
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, a);
    EXPECT_DOUBLE_EQ(std::get<ToolPose>(*back).tip.x, -75.40);
    EXPECT_DOUBLE_EQ(std::get<ToolPose>(*back).press.value(), 2.10);
}

TEST(Codec, QuantisingTwiceIsQuantisingOnce) {
    const Finding f =
        quantised(Felt{{1.23456, 2, 3}, Newtons(3.14159), Millimetres(2.71828), 0.5555, 0.1111, 3.333, "x"});
    EXPECT_EQ(quantised(f), f);
}

TEST(Codec, UnknownKindAndWrongTypesAreExplained) {
    const auto unknown = action_from_json(*parse_json(R"({"type":"fly"})", ""), "log:3");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().where, "log:3");
    EXPECT_NE(unknown.error().message.find("fly"), std::string::npos);

    const auto wrong = action_from_json(*parse_json(R"({"type":"mark","point":[1,2]})", ""), "log:4");
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find("point"), std::string::npos);

    const auto missing = action_from_json(*parse_json(R"({"type":"mark"})", ""), "log:5");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("missing"), std::string::npos);
}

TEST(Codec, EnumeratorsThatAreNotKnownAreRefused) {
    EXPECT_FALSE(action_from_json(*parse_json(R"({"type":"select_tool","tool":"chainsaw"})", ""), "x"));
}

TEST(Codec, NumbersThatAreNotFiniteAreRefused) {
    EXPECT_FALSE(action_from_json(*parse_json(R"({"type":"push_plunger","rate":"fast"})", ""), "x"));
    EXPECT_FALSE(action_from_json(*parse_json(R"({"type":"push_plunger","rate":null})", ""), "x"));
}

} // namespace
} // namespace tb::events
