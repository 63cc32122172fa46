// Zones of referred pain on the built skin: where they are, where they are not, and who refers there.
#include "anatomy/referral.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "support/real_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;

class Referral : public testing::Test {
protected:
    void SetUp() override {
        atlas_ = test::real_atlas();
        ASSERT_NE(atlas_, nullptr);
        map_ = std::make_unique<ReferralMap>(*atlas_);
    }
    struct Painted {
        double area_cm2 = 0.0;
        Vec3 core{0.0}, facing{0.0};
        geometry::Box box;
    };
    [[nodiscard]] Painted painted(const std::vector<float>& w) const {
        const geometry::Mesh& mesh = atlas_->mesh(atlas_->skin());
        Painted out;
        for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
            const auto a = mesh.indices[i], b = mesh.indices[i + 1], c = mesh.indices[i + 2];
            const Vec3 p(mesh.positions[a]), q(mesh.positions[b]), r(mesh.positions[c]);
            const double weight = static_cast<double>(w[a] + w[b] + w[c]) / 3.0;
            const Vec3 n = 0.5 * glm::cross(q - p, r - p);
            out.area_cm2 += weight * glm::length(n) / 100.0;
            out.core += weight * glm::length(n) / 100.0 * p;
            out.facing += weight * n;
            if (weight > 0.5) out.box.add(p);
        }
        if (out.area_cm2 > 0.0) out.core /= out.area_cm2;
        if (glm::length(out.facing) > 0.0) out.facing = glm::normalize(out.facing);
        return out;
    }
    const Atlas* atlas_ = nullptr;
    std::unique_ptr<ReferralMap> map_;
};

TEST_F(Referral, EveryZoneIsPaintedOnTheRightInASaneSize) {
    EXPECT_EQ(atlas_->referral_zones().size(), 134U);
    for (const ReferralZone& z : atlas_->referral_zones()) {
        const Painted p = painted(map_->weights(z.id, Side::Right));
        EXPECT_GT(p.area_cm2, 2.0) << z.id;
        EXPECT_LT(p.area_cm2, 900.0) << z.id;
        const bool over_midline = z.id == "head.forehead_contra";
        EXPECT_EQ(p.core.x > 1.0, over_midline) << z.id << " lies at x = " << p.core.x;
    }
}

TEST_F(Referral, ZonesFaceTheSideTheyAreSeenFrom) {
    for (const ReferralZone& z : atlas_->referral_zones()) {
        const Painted p = painted(map_->weights(z.id, Side::Right));
        if (z.view == "posterior") {
            EXPECT_LT(p.facing.z, 0.1) << z.id;
        }
        if (z.view == "anterior") {
            EXPECT_GT(p.facing.z, -0.1) << z.id;
        }
        if (z.view == "plantar") {
            EXPECT_LT(p.facing.y, -0.3) << z.id;
        }
        if (z.view == "dorsal" && z.id != "foot.toe_second") {
            EXPECT_GT(p.facing.y, 0.1) << z.id;
        }
    }
}

TEST_F(Referral, AZoneOfTheBackColoursNeitherChestNorArm) {
    const geometry::Mesh& mesh = atlas_->mesh(atlas_->skin());
    for (const char* id : {"back.scapula", "back.interscapular", "back.medial_border", "back.mid_thoracic"}) {
        const std::vector<float> w = map_->weights(id, Side::Right);
        for (std::size_t i = 0; i < w.size(); ++i) {
            if (w[i] < 0.05f) continue;
            EXPECT_LT(mesh.positions[i].z, 90.0f) << id;
            EXPECT_GT(mesh.positions[i].x, -205.0f) << id;
        }
    }
    // The arm hangs beside the chest; the outer chest wall must not colour it.
    SkinChart chart(mesh);
    const std::vector<float> chest = map_->weights("chest.lateral", Side::Right);
    double on_arm = 0.0, all = 0.0;
    for (std::size_t i = 0; i < chest.size(); ++i) {
        const auto weight = static_cast<double>(chest[i]);
        all += weight;
        if (atlas_->structure(chart.bone(*atlas_, i)).id.starts_with("humerus")) on_arm += weight;
    }
    EXPECT_LT(on_arm, 0.025 * all) << "the soft edge in the armpit is all that may reach over";
}

TEST_F(Referral, SizesInTheWordsAreKept) {
    // Discs: "6 cm wide" is 28 cm2, on curved skin a little more.
    EXPECT_NEAR(painted(map_->weights("back.inferior_angle", Side::Right)).area_cm2, 28.3, 8.0);
    EXPECT_NEAR(painted(map_->weights("chest.breast", Side::Right)).area_cm2, 78.5, 18.0);
    // An oval of 5 x 4 cm.
    EXPECT_NEAR(painted(map_->weights("head.temple", Side::Right)).area_cm2, 15.7, 5.0);
}

TEST_F(Referral, TheLeftSideIsTheMirrorImage) {
    for (const char* id : {"head.temple", "arm.anterolateral", "hip.buttock_mid", "foot.instep"}) {
        const Painted r = painted(map_->weights(id, Side::Right)), l = painted(map_->weights(id, Side::Left));
        EXPECT_LT(glm::length(l.core - geometry::mirrored(r.core)), 6.0) << id;
        EXPECT_NEAR(l.area_cm2, r.area_cm2, 0.1 * r.area_cm2) << id;
    }
}

TEST_F(Referral, TheLevelOfAMidlineZoneFollowsThePoint) {
    const auto height = [&](const char* id) {
        return painted(map_->weights("back.t_midline", Side::Right, atlas_->trigger_point(id))).core.y;
    };
    EXPECT_GT(height("multifidus-thoracicus-1") - height("multifidus-lumbalis-2"), 200.0);
}

TEST_F(Referral, WhoRefersToTheTemple) {
    const auto* arch = &atlas_->catalogue().landmarks;
    const auto it = std::find_if(arch->begin(), arch->end(), [](const Landmark& l) {
        return l.name == "zygomatic arch, most lateral" && l.side == Side::Right;
    });
    ASSERT_NE(it, arch->end());
    const auto found = map_->candidates(it->position + Vec3(0.0, 20.0, 28.0));
    ASSERT_FALSE(found.empty());
    std::set<std::string> ids;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Candidate& c = found[i];
        EXPECT_EQ(c.side, Side::Right) << c.point->id;
        EXPECT_FALSE(c.reason.empty());
        if (i > 0) {
            EXPECT_LE(c.score, found[i - 1].score);
        }
        if (c.zone == "head.temple") ids.insert(c.point->id);
    }
    // All that name the temple in the table, no others under that zone.
    for (const TriggerPoint& p : atlas_->trigger_points()) {
        const auto holds = [&](const std::vector<std::string>& zones) {
            return std::find(zones.begin(), zones.end(), "head.temple") != zones.end();
        };
        EXPECT_EQ(holds(p.referral_primary) || holds(p.referral_spillover), ids.contains(p.id)) << p.id;
    }
    EXPECT_TRUE(found.front().primary);
    const auto by_zone = map_->candidates("head.temple", Side::Left);
    EXPECT_EQ(by_zone.size(), ids.size());
    EXPECT_EQ(by_zone.front().side, Side::Left);
}

TEST_F(Referral, NoCandidatesFarFromEveryZone) {
    // The back of the hand of the left arm is asked: points of the right side must not answer.
    const auto found = map_->candidates(Vec3(270.0, 820.0, 120.0));
    for (const Candidate& c : found)
        EXPECT_EQ(c.side, Side::Left) << c.point->id;
}

TEST(ReferralFile, FaultsNameTheirPlace) {
    const std::vector<ReferralZone> zones{{"a", "A", "lateral", "words", {}, {}}};
    const auto faults_of = [&](const char* text) {
        const auto read = add_strokes(zones, *parse_json(text, "z"), "z.json", nullptr);
        std::string all;
        if (!read) {
            for (const Error& e : read.error())
                all += e.text() + "\n";
        }
        return all;
    };
    EXPECT_EQ(
        faults_of(
            R"({"zones": [{"id": "a", "strokes": [{"kind": "disc", "places": ["x"], "radius_mm": 9}]}]})"),
        "");
    EXPECT_NE(faults_of(R"({"zones": []})").find("\"a\" has no strokes"), std::string::npos);
    EXPECT_NE(faults_of(R"({"zones": [{"id": "b", "strokes": []}]})").find("\"b\" is not in"),
              std::string::npos);
    EXPECT_NE(faults_of(R"({"zones": [{"id": "a", "strokes": [{"kind": "blob"}]}]})").find("is no stroke"),
              std::string::npos);
    EXPECT_NE(
        faults_of(R"({"zones": [{"id": "a", "strokes": [{"kind": "area", "places": ["x", "y", "z"]}]}]})")
            .find("needs \"facing\""),
        std::string::npos);
    EXPECT_NE(
        faults_of(
            R"({"zones": [{"id": "a", "strokes": [{"kind": "disc", "places": ["x"], "radius_mm": -3}]}]})")
            .find("/zones/0/strokes/0/radius_mm"),
        std::string::npos);
}

} // namespace
} // namespace tb::anatomy
