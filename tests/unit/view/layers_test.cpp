#include <gtest/gtest.h>

#include "view/view_settings.h"

namespace tb::view {
namespace {

TEST(ParseLayers, ReadsEveryWord) {
    const auto layers =
        parse_layers("skin=0.3, muscles,bones,-vessels,peel=1,bands,cut,hide=C7,highlight=pleura_r");
    ASSERT_TRUE(layers.has_value());
    EXPECT_FLOAT_EQ(layers->skin_opacity, 0.3f);
    EXPECT_TRUE(layers->skin && layers->muscles && layers->bones && layers->nerves);
    EXPECT_FALSE(layers->vessels);
    EXPECT_EQ(layers->deepest_hidden_layer, 1);
    EXPECT_TRUE(layers->show_bands && layers->cut);
    EXPECT_TRUE(layers->hidden.contains("C7"));
    EXPECT_TRUE(layers->highlighted.contains("pleura_r"));
}

TEST(ParseLayers, AnEmptyTextIsTheDefault) {
    EXPECT_EQ(*parse_layers(""), Layers{});
}

TEST(ParseLayers, NoneStartsFromNothing) {
    const auto layers = parse_layers("none,bones");
    ASSERT_TRUE(layers.has_value());
    EXPECT_TRUE(layers->bones);
    EXPECT_FALSE(layers->skin || layers->muscles || layers->vessels || layers->nerves || layers->organs);
}

TEST(ParseLayers, AnOpacityOfNothingIsOff) {
    const auto layers = parse_layers("skin=0");
    ASSERT_TRUE(layers.has_value());
    EXPECT_FALSE(layers->skin);
}

TEST(ParseLayers, NamesTheWordThatItDoesNotKnow) {
    for (const char* wrong :
         {"fascia", "skin=2", "skin=abc", "peel=-1", "peel=1.5", "hide=", "-", "bones=0.5", "skin=nan"}) {
        const auto layers = parse_layers(std::string("muscles,") + wrong);
        ASSERT_FALSE(layers.has_value()) << wrong;
        EXPECT_EQ(layers.error().code, ErrorCode::BadInput);
        EXPECT_NE(layers.error().message.find(std::string("\"") + wrong + "\""), std::string::npos)
            << layers.error().message;
    }
}

} // namespace
} // namespace tb::view
