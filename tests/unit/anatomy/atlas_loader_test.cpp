#include "anatomy/atlas_loader.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/glb_writer.h"
#include "support/small_body.h"

namespace tb::anatomy {
namespace {

const std::string kPoints = R"({"points": [], "zones": []})";

/// The files of the small body; tests damage them one at a time.
struct Files {
    test::SmallParts parts = test::small_parts();
    std::vector<std::string> names;
    std::string points = kPoints;

    Files() {
        for (const Structure& s : parts.catalogue.structures)
            names.push_back(s.id + "#0");
    }
    [[nodiscard]] std::string glb() const {
        std::vector<test::NamedMesh> meshes;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!names[i].empty()) meshes.push_back({names[i], &parts.meshes[i].front()});
        }
        return test::write_glb(meshes);
    }
    [[nodiscard]] std::string catalogue() const { return write_json(to_json(parts.catalogue)); }
    [[nodiscard]] geometry::Mesh& mesh(std::size_t i) { return parts.meshes[i].front(); }
};

ExpectedAll<Atlas> load(const std::string& glb, const std::string& catalogue,
                        const std::string& points = kPoints) {
    return load_atlas({glb, catalogue, points, "body.glb", "catalogue.json", "trigger_points.json"});
}

std::string faults_of(const ExpectedAll<Atlas>& atlas) {
    std::string all;
    if (!atlas) {
        for (const Error& error : atlas.error())
            all += error.text() + "\n";
    }
    return all;
}

std::string faults_of(const Files& files) {
    return faults_of(load(files.glb(), files.catalogue(), files.points));
}

/// One fault, in one sentence, that says this.
void expect_fault(const std::string& faults, const std::string& words) {
    EXPECT_NE(faults.find(words), std::string::npos) << "got: " << faults;
    EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 1) << faults;
}

TEST(AtlasLoader, LoadsBothSidesOfTheSmallBody) {
    const Files files;
    const auto atlas = load(files.glb(), files.catalogue());
    ASSERT_TRUE(atlas) << faults_of(atlas);
    EXPECT_EQ(atlas->structure_count(), 11U);
    EXPECT_EQ(atlas->structure(atlas->skin()).id, "skin");
    const geometry::Mesh& right = atlas->mesh(atlas->find("test_artery_r"));
    const geometry::Mesh& left = atlas->mesh(atlas->find("test_artery_l"));
    ASSERT_EQ(right.positions.size(), left.positions.size());
    EXPECT_EQ(left.positions[5].x, -right.positions[5].x);
    EXPECT_NEAR(geometry::volume_mm3(left), geometry::volume_mm3(right), 1e-3);
    EXPECT_EQ(atlas->hazards().size(), 6U);
    EXPECT_NE(atlas->hazard_bvh(atlas->find("pleura_l")), nullptr);
    EXPECT_EQ(atlas->hazard_bvh(atlas->find("test_muscle_l")), nullptr);
}

TEST(AtlasLoader, KeepsSharedVerticesAndAttributes) {
    const Files files;
    const auto atlas = load(files.glb(), files.catalogue());
    ASSERT_TRUE(atlas) << faults_of(atlas);
    const geometry::Mesh& read = atlas->mesh(atlas->find("test_muscle_r"));
    const geometry::Mesh& written = files.parts.meshes[1].front();
    ASSERT_EQ(read.positions.size(), written.positions.size());
    EXPECT_EQ(read.indices, written.indices);
    for (std::size_t i = 0; i < read.positions.size(); ++i) {
        EXPECT_EQ(read.positions[i], written.positions[i]);
        EXPECT_NEAR(read.uv[i].x, written.uv[i].x, 1e-6);
        EXPECT_NEAR(read.uv[i].y, written.uv[i].y, 1e-6);
        EXPECT_NEAR(read.w_part[i].x, written.w_part[i].x, 1e-6);
        EXPECT_EQ(read.w_part[i].y, written.w_part[i].y);
        EXPECT_LT(glm::length(read.fibre[i] - written.fibre[i]), 1e-5F);
        EXPECT_NEAR(read.tendon[i], written.tendon[i], 1e-6);
    }
}

TEST(AtlasLoader, FindsSidesOfTriggerPointMuscles) {
    const Files files;
    const auto atlas = load(files.glb(), files.catalogue());
    ASSERT_TRUE(atlas);
    EXPECT_EQ(atlas->find("test_muscle", Side::Left), atlas->find("test_muscle_l"));
    EXPECT_EQ(atlas->find("skin", Side::Right), atlas->skin());
    EXPECT_FALSE(atlas->find("nothing", Side::Right).valid());
}

TEST(AtlasLoader, AnEmptyFileIsOneSentence) {
    const Files files;
    expect_fault(faults_of(load("", files.catalogue())), "it is empty");
    expect_fault(faults_of(load(files.glb(), "")), "catalogue.json:1: the file is empty");
    expect_fault(faults_of(load(files.glb(), files.catalogue(), "")),
                 "trigger_points.json:1: the file is empty");
}

TEST(AtlasLoader, ATruncatedFileIsOneSentence) {
    const Files files;
    const std::string glb = files.glb();
    expect_fault(faults_of(load(glb.substr(0, glb.size() / 2), files.catalogue())), "where its header says");
    expect_fault(faults_of(load(glb.substr(0, 7), files.catalogue())), "does not begin like");
}

TEST(AtlasLoader, AnotherKindOfFileIsOneSentence) {
    const Files files;
    expect_fault(faults_of(load(std::string(5000, 'x'), files.catalogue())), "does not begin like");
}

TEST(AtlasLoader, AMissingStructureIsNamed) {
    Files files;
    files.names[2].clear();
    const std::string faults = faults_of(files);
    expect_fault(faults, "the mesh \"test_bone_r#0\" is missing");
}

TEST(AtlasLoader, AMissingLevelOfDetailIsNamed) {
    Files files;
    files.parts.catalogue.structures[0].lods = 2;
    expect_fault(faults_of(files), "the mesh \"skin#1\" is missing");
}

TEST(AtlasLoader, AMeshThatNobodyKnowsIsTold) {
    Files files;
    files.parts.catalogue.structures.pop_back();
    expect_fault(faults_of(files), "1 meshes that the catalogue does not name");
}

TEST(AtlasLoader, AHoleInAMeshIsTold) {
    Files files;
    files.mesh(3).indices.resize(files.mesh(3).indices.size() - 3);
    expect_fault(faults_of(files), "the mesh \"test_artery_r#0\" is not closed (3 open");
}

TEST(AtlasLoader, AMeshInsideOutIsTold) {
    Files files;
    geometry::Mesh& mesh = files.mesh(3);
    for (std::size_t t = 0; t < mesh.indices.size(); t += 3)
        std::swap(mesh.indices[t], mesh.indices[t + 1]);
    expect_fault(faults_of(files), "is inside out");
}

TEST(AtlasLoader, AnotherVolumeThanTheCatalogueSaysIsTold) {
    Files files;
    files.parts.catalogue.structures[2].volume_ml *= 1.02;
    expect_fault(faults_of(files), "where the catalogue says");
    files.parts.catalogue.structures[2].volume_ml *= 0.985;
    EXPECT_EQ(faults_of(files), "") << "half a per cent is within the tolerance";
}

TEST(AtlasLoader, ACornerThatIsNoNumberIsTold) {
    Files files;
    files.mesh(2).positions[4].y = std::numeric_limits<float>::quiet_NaN();
    expect_fault(faults_of(files), "outside any body");
}

TEST(AtlasLoader, ATriangleWithoutCornerIsTold) {
    Files files;
    files.mesh(2).indices[7] = 1000000;
    EXPECT_NE(faults_of(files), "");
}

TEST(AtlasLoader, AMuscleWithoutLatticeCoordinatesIsTold) {
    Files files;
    files.mesh(1).uv.clear();
    expect_fault(faults_of(files), "has no lattice coordinates");
}

TEST(AtlasLoader, ABodyWithoutSkinIsTold) {
    Files files;
    files.parts.catalogue.structures[0].kind = StructureKind::Organ;
    expect_fault(faults_of(files), "0 skins");
}

TEST(AtlasLoader, AnotherFileThanTheCatalogueWasWrittenForIsTold) {
    Files files;
    files.parts.catalogue.mesh_digest = mesh_digest(files.glb());
    EXPECT_EQ(faults_of(files), "");
    std::string glb = files.glb();
    glb[glb.size() - 100] = static_cast<char>(glb[glb.size() - 100] ^ 4);
    expect_fault(faults_of(load(glb, files.catalogue())), "not those that the catalogue was written for");
}

TEST(AtlasLoader, ATriggerPointInAnUnknownMuscleIsTold) {
    Files files;
    files.points =
        R"({"points": [{"id": "p", "muscle": "nowhere", "part": "main", "muscle_name": "X", "uvw": [0.5, 0.5, 0],
        "xyz": [0, 0, 0], "technique": "flat", "location": "x", "referral": {"primary": [], "spillover": []},
        "needle": {"mode": "palpation_only", "direction_guard": ""}}], "zones": []})";
    expect_fault(faults_of(files), "lies in the muscle \"nowhere\"");
}

TEST(AtlasLoader, ANumberBeyondAllRangeIsOneSentence) {
    const Files files;
    std::string catalogue = files.catalogue();
    const std::string key = "\"volume_ml\":";
    catalogue.insert(catalogue.find(key) + key.size(), "1e999");
    catalogue.replace(catalogue.find("1e999") + 5,
                      catalogue.find(',', catalogue.find("1e999")) - catalogue.find("1e999") - 5, "");
    expect_fault(faults_of(load(files.glb(), catalogue)), "too large");
}

TEST(AtlasLoader, DamagedBytesNeverCrash) {
    const Files files;
    const std::string glb = files.glb(), catalogue = files.catalogue();
    std::uint32_t json_size = 0;
    std::memcpy(&json_size, glb.data() + 12, 4);
    Random random(99);
    int refused = 0;
    constexpr int kTries = 1500;
    for (int i = 0; i < kTries; ++i) {
        std::string damaged = glb;
        const std::uint32_t flips = 1 + random.below(4);
        // Half of the damage goes to the description, which is small and tells the library where to read.
        const std::uint32_t reach =
            random.chance(0.5) ? 20 + json_size : static_cast<std::uint32_t>(glb.size());
        for (std::uint32_t k = 0; k < flips; ++k) {
            damaged[random.below(reach)] =
                static_cast<char>(random.chance(0.3) ? '0' + random.below(10) : random.below(256));
        }
        if (random.chance(0.1)) damaged.resize(random.below(static_cast<std::uint32_t>(glb.size())));
        const auto atlas = load(damaged, catalogue);
        if (!atlas) {
            ++refused;
            for (const Error& error : atlas.error())
                EXPECT_FALSE(error.message.empty());
        }
    }
    EXPECT_GT(refused, kTries / 2);
}

TEST(AtlasLoader, DamagedDescriptionsNeverCrash) {
    const Files files;
    const std::string glb = files.glb(), catalogue = files.catalogue();
    Random random(123);
    for (int i = 0; i < 300; ++i) {
        std::string damaged = catalogue;
        for (std::uint32_t k = 0; k < 1 + random.below(3); ++k) {
            damaged[random.below(static_cast<std::uint32_t>(damaged.size()))] =
                static_cast<char>(' ' + random.below(95));
        }
        const auto atlas = load(glb, damaged);
        EXPECT_TRUE(atlas || !atlas.error().empty());
    }
}

} // namespace
} // namespace tb::anatomy
