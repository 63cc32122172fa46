// The body that the target tb_body builds, loaded once per test program.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "anatomy/atlas_loader.h"

namespace tb::test {

inline std::string file_bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

inline const std::string kGlbPath = TB_BINARY_DIR "/anatomy/body.glb";
inline const std::string kCataloguePath = TB_BINARY_DIR "/anatomy/catalogue.json";
inline const std::string kTriggerPointsPath = TB_SOURCE_DIR "/assets/clinical/trigger_points.json";
inline const std::string kReferralZonesPath = TB_SOURCE_DIR "/assets/clinical/referral_zones.json";

/// Null, after a failure with the reason, when the body is not there or has faults.
inline const anatomy::Atlas* real_atlas() {
    static const auto kAtlas = [] {
        const std::string glb = file_bytes(kGlbPath), catalogue = file_bytes(kCataloguePath);
        const std::string points = file_bytes(kTriggerPointsPath), zones = file_bytes(kReferralZonesPath);
        return anatomy::load_atlas({glb, catalogue, points, kGlbPath, kCataloguePath, kTriggerPointsPath,
                                    zones, kReferralZonesPath});
    }();
    if (kAtlas) return &*kAtlas;
    for (const Error& error : kAtlas.error())
        ADD_FAILURE() << error.text() << " (build the target tb_body)";
    return nullptr;
}

} // namespace tb::test
