// The one comparison of all golden pictures. A failing picture is kept beside the build;
// TAUTBAND_MAKE_GOLDEN=1 writes them anew: look at them before committing.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "app/files.h"
#include "render/picture.h"

namespace tb::app {

/// How far a picture may be from its golden one, of the full range of a channel (render::compare).
struct GoldenTolerance {
    double mean = 0.0;
    double worst = 0.0;
};

inline void expect_golden(const render::Picture& drawn, const std::string& name, GoldenTolerance allowed) {
    namespace fs = std::filesystem;
    const fs::path file = fs::path(TB_SOURCE_DIR) / "tests/golden" / (name + ".png");
    if (std::getenv("TAUTBAND_MAKE_GOLDEN") != nullptr) {
        ASSERT_TRUE(write_file(file, render::png_bytes(drawn)));
        return;
    }
    const auto bytes = read_file(file);
    ASSERT_TRUE(bytes) << bytes.error().text();
    const auto golden = render::picture_from_png(*bytes, file.string());
    ASSERT_TRUE(golden) << golden.error().text();
    const render::PictureDifference d = render::compare(drawn, *golden);
    const bool same = d.same_size && d.mean <= allowed.mean && d.worst <= allowed.worst;
    const fs::path kept = fs::path(TB_BINARY_DIR) / ("golden_" + name + ".png");
    if (!same) (void)write_file(kept, render::png_bytes(drawn));
    EXPECT_TRUE(same) << "mean difference " << d.mean << ", worst " << d.worst
                      << "; the new picture is kept in " << kept;
}

} // namespace tb::app
