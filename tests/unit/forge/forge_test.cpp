#include "forge/figures.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "anatomy/catalogue.h"
#include "forge/build.h"
#include "forge/mesh_seam.h"
#include "forge/write.h"

namespace tb::forge {
namespace {

std::string table(const std::string& name) {
    std::ifstream in(std::string(TB_SOURCE_DIR) + "/assets/figures/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

FigureTexts real_texts() {
    FigureTexts texts;
    for (const FigureFile& file : kFigureFiles)
        texts.*file.text = table(file.name);
    return texts;
}

const Figures& real_figures() {
    static const Figures kFigures = [] {
        ExpectedAll<Figures> figures = read_figures(real_texts());
        EXPECT_TRUE(figures.has_value()) << figures.error().front().text();
        return std::move(*figures);
    }();
    return kFigures;
}

/// The faults found when the first `from` in one table is replaced by `to`.
std::vector<Error> faults_after(std::string FigureTexts::*which, const std::string& from,
                                const std::string& to) {
    FigureTexts texts = real_texts();
    const auto at = (texts.*which).find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) (texts.*which).replace(at, from.size(), to);
    const ExpectedAll<Figures> figures = read_figures(texts);
    return figures ? std::vector<Error>{} : figures.error();
}

void expect_fault(const std::vector<Error>& faults, const std::string& file, const std::string& word) {
    ASSERT_FALSE(faults.empty());
    EXPECT_TRUE(std::any_of(faults.begin(), faults.end(), [&](const Error& e) {
        return e.where.starts_with(file) && e.text().find(word) != std::string::npos;
    })) << faults.front().text();
}

TEST(Figures, TheRealTablesAreReadWhole) {
    const Figures& f = real_figures();
    EXPECT_EQ(f.muscles.size(), 226U);
    EXPECT_EQ(f.bones.size(), 115U);
    EXPECT_EQ(f.tubes.size(), 114U);
    EXPECT_EQ(f.lofts.size(), 4U);
    EXPECT_EQ(f.skin.segments.size(), 8U);
    EXPECT_EQ(f.landmarks.size(), 207U);
    EXPECT_NE(f.source.find("BodyParts3D"), std::string::npos);
}

TEST(Figures, AMissingKeyIsNamedWithItsPlace) {
    expect_fault(faults_after(&FigureTexts::muscles, "\"nu\"", "\"n_u\""), "muscles.json",
                 "\"nu\" is missing");
}

TEST(Figures, AWrongRowCountIsExplained) {
    expect_fault(faults_after(&FigureTexts::muscles, "\"nu\":11", "\"nu\":12"), "muscles.json", "rows");
}

TEST(Figures, ATextWhereANumberBelongsIsExplained) {
    expect_fault(faults_after(&FigureTexts::muscles, "-4.8", "\"-4.8\""), "muscles.json",
                 "a number is expected");
}

TEST(Figures, ANumberBeyondTheBodyIsExplained) {
    expect_fault(faults_after(&FigureTexts::muscles, "1424.4", "1.4244e9"), "muscles.json",
                 "check the value and its unit");
    expect_fault(faults_after(&FigureTexts::hazards, "-33,1462,112,2]", "-33,1462,112,2000]"), "hazards.json",
                 "radius");
}

TEST(Figures, ATableThatIsNotJsonIsNamedWithItsLine) {
    const std::vector<Error> faults = faults_after(&FigureTexts::bones, "{", "[");
    expect_fault(faults, "bones.json:", "not valid JSON");
}

TEST(Figures, AnUnknownPrimitiveIsExplained) {
    expect_fault(faults_after(&FigureTexts::bones, "\"t\":\"blob\"", "\"t\":\"cube\""), "bones.json", "cube");
}

TEST(Figures, FaultsOfSeveralTablesAreAllReported) {
    FigureTexts texts = real_texts();
    texts.skin = "{}";
    texts.landmarks = "";
    const ExpectedAll<Figures> figures = read_figures(texts);
    ASSERT_FALSE(figures);
    for (const char* file : {"skin.json", "landmarks.json"})
        EXPECT_TRUE(std::any_of(figures.error().begin(), figures.error().end(), [&](const Error& e) {
            return e.where.starts_with(file);
        })) << file;
}

TEST(Forge, EveryMuscleIsClosedAndOutwardAtEveryLevel) {
    for (const Built& muscle : build_muscles(real_figures().muscles)) {
        ASSERT_EQ(muscle.lods.size(), 3U) << muscle.structure.id;
        for (const geometry::Mesh& mesh : muscle.lods) {
            const geometry::MeshCheck result = check(mesh);
            EXPECT_TRUE(result.closed()) << muscle.structure.id;
            EXPECT_TRUE(result.outward) << muscle.structure.id;
            EXPECT_EQ(mesh.fibre.size(), mesh.positions.size());
        }
        EXPECT_GT(muscle.structure.volume_ml, 0.05) << muscle.structure.id;
        EXPECT_LT(muscle.lods[2].triangle_count(), muscle.lods[0].triangle_count() / 3)
            << muscle.structure.id;
    }
}

TEST(Forge, ASlipIsTendonWhereItJoinsATendon) {
    // The tendons of extensor digitorum longus are slips that start in the main part's tendon.
    for (const Built& muscle : build_muscles(real_figures().muscles)) {
        if (muscle.structure.id != "extensor_digitorum_longus_r") continue;
        const geometry::Mesh& mesh = muscle.lods[0];
        double tendon = 0.0, count = 0.0;
        for (std::size_t i = 0; i < mesh.positions.size(); ++i)
            if (mesh.w_part[i].y == 1.0F) {
                tendon += mesh.tendon[i];
                ++count;
            }
        ASSERT_GT(count, 0.0);
        EXPECT_GT(tendon / count, 0.95);
    }
}

TEST(Forge, AVertebraIsClosedSymmetricAndOfPlausibleSize) {
    std::vector<BoneFigure> one;
    for (const BoneFigure& bone : real_figures().bones)
        if (bone.structure.id == "C7") one.push_back(bone);
    ASSERT_EQ(one.size(), 1U);
    const Built c7 = std::move(build_bones(one).front());
    EXPECT_EQ(c7.structure.side, anatomy::Side::Midline);
    for (const geometry::Mesh& mesh : c7.lods) {
        EXPECT_TRUE(check(mesh).closed());
        const geometry::Box box = bounds(mesh);
        EXPECT_NEAR(box.low.x, -box.high.x, 0.5);
    }
    // The volume of the reference vertebra is 15.0 ml, that of the table's field 14.9 ml (check of the
    // table).
    EXPECT_NEAR(c7.structure.volume_ml, 14.9, 0.3);
}

TEST(Forge, EveryHazardIsClosedOutwardAndExplained) {
    const std::vector<Built> hazards = build_hazards(real_figures());
    bool pleura = false, lung = false;
    for (const Built& hazard : hazards) {
        for (const geometry::Mesh& mesh : hazard.lods) {
            EXPECT_TRUE(check(mesh).closed()) << hazard.structure.id;
            EXPECT_TRUE(check(mesh).outward) << hazard.structure.id;
        }
        EXPECT_FALSE(hazard.structure.hazard.empty()) << hazard.structure.id;
        EXPECT_TRUE(is_hazard(hazard.structure.kind)) << hazard.structure.id;
        if (hazard.structure.id == "pleura_r") {
            pleura = true;
            // The cupula reaches the neck of rib 1; the costodiaphragmatic recess reaches rib 10 to 12.
            EXPECT_NEAR(bounds(hazard.lods[0]).high.y, 1473.5, 1.0);
            EXPECT_NEAR(bounds(hazard.lods[0]).low.y, 1135.0, 12.0);
        }
        if (hazard.structure.id == "lung_r") {
            lung = true;
            EXPECT_NEAR(bounds(hazard.lods[0]).high.y, 1472.7, 1.0);
            EXPECT_GT(hazard.structure.volume_ml, 1500.0);
        }
    }
    EXPECT_TRUE(pleura && lung);
}

TEST(Forge, TheLeftLungMakesWayForTheHeart) {
    double right_ml = 0.0, left_ml = 0.0;
    // Nearest to the midline at the front (z > 195), heights of the fifth and sixth cartilages.
    float right_near = 1e9F, left_lung = 1e9F, left_pleura = 1e9F;
    for (const Built& hazard : build_hazards(real_figures())) {
        const std::string& id = hazard.structure.id;
        if (id != "lung_r" && id != "lung_l" && id != "pleura_l") continue;
        (id == "lung_r" ? right_ml : left_ml) = hazard.structure.volume_ml;
        float& nearest = id == "lung_r" ? right_near : id == "lung_l" ? left_lung : left_pleura;
        for (const glm::vec3& p : hazard.lods[0].positions) {
            EXPECT_EQ(p.x < 0.0F, id == "lung_r");
            if (p.z > 197.0F && p.y > 1286.0F && p.y < 1307.0F) nearest = std::min(nearest, std::abs(p.x));
        }
        EXPECT_EQ(hazard.structure.mirrored, false);
        if (id == "lung_l") left_ml = hazard.structure.volume_ml;
    }
    EXPECT_LT(right_near, 26.0F);
    EXPECT_GT(left_lung, 33.0F);
    EXPECT_LT(left_lung, 40.0F);
    EXPECT_GT(left_pleura, 19.0F);
    EXPECT_LT(left_pleura, 27.0F);
    EXPECT_LT(left_ml, right_ml - 5.0);
}

TEST(Forge, PartsOfDifferentGridsAreSewnIntoOneClosedMesh) {
    // A ball on a coarse grid whose cap above y = 5 comes from a finer one.
    const auto ball = [](double step) {
        geometry::FieldGrid grid({geometry::Vec3(-30.0), geometry::Vec3(30.0)}, step, 0.0F);
        for (int k = 0; k < grid.nz; ++k)
            for (int j = 0; j < grid.ny; ++j)
                for (int i = 0; i < grid.nx; ++i)
                    grid.values[grid.at(i, j, k)] =
                        static_cast<float>(glm::length(grid.point(i, j, k)) - 20.0);
        return geometry::contour(grid);
    };
    const auto all = [](const geometry::Box&) { return true; };
    const geometry::Mesh low = cut_off(ball(3.5), 5.0, true, all), cap = cut_off(ball(1.2), 6.0, false, all);
    EXPECT_FALSE(check(low).closed());
    EXPECT_LE(bounds(low).high.y, 5.0 + 1e-4);
    EXPECT_GE(bounds(cap).low.y, 6.0 - 1e-4);
    const geometry::Mesh whole = sewn(low, cap);
    EXPECT_TRUE(check(whole).closed());
    EXPECT_TRUE(check(whole).outward);
    EXPECT_NEAR(volume_mm3(whole) / (4.0 / 3.0 * 3.14159265 * 8000.0), 1.0, 0.03);
    // What is not wanted away stays, closed as it was.
    EXPECT_TRUE(check(cut_off(ball(3.5), 5.0, true, [](const geometry::Box&) { return false; })).closed());
}

TEST(Forge, ATubeHasTheVolumeOfItsLengthAndRadius) {
    Figures figures;
    TubeFigure tube;
    tube.structure.id = "test";
    for (int i = 0; i <= 10; ++i)
        tube.points.push_back({{0.0, 10.0 * i, 0.0}, 3.0});
    figures.tubes.push_back(tube);
    const Built built = std::move(build_hazards(figures).front());
    const double expected = 3.14159265 * 9.0 * 100.0 + 4.0 / 3 * 3.14159265 * 27.0;
    EXPECT_NEAR(built.structure.volume_ml * 1000.0 / expected, 1.0, 0.08);
}

TubeFigure rod(const std::string& id, geometry::Vec3 from, geometry::Vec3 to, double radius) {
    TubeFigure tube;
    tube.structure.id = id;
    for (int i = 0; i <= 6; ++i)
        tube.points.push_back({from + (to - from) * (i / 6.0), radius});
    return tube;
}

struct Trunk {
    SkinFigure skin;
    std::vector<Built> firm;
    SkinCover cover;
};

/// At the height of the waist: an outline of 60 mm round a firm core of 32 mm, 2 mm of skin over 8 mm of fat.
Trunk waist() {
    SkinFigure skin;
    SkinSegment segment{.name = "trunk", .half = false, .sections = {}};
    for (int i = -10; i <= 10; ++i)
        segment.sections.push_back({1250.0 + 10.0 * i, 0, 0, 1, std::vector<double>(16, 60.0)});
    skin.segments.push_back(segment);
    Figures core;
    core.tubes.push_back(rod("core", {0, 1150, 0}, {0, 1350, 0}, 32.0));
    std::vector<Built> firm = build_hazards(core);
    LivingFigure living;
    living.cover.push_back(
        {"everywhere", 2.0, {8.0, 0.0}, {8.0, 0.0}, 0.0, {geometry::Vec3(0.0, 1250.0, 0.0)}});
    SkinCover cover = skin_cover(skin, living, firm);
    return {std::move(skin), std::move(firm), std::move(cover)};
}

TEST(Forge, TheSkinLiesOverTheFirmBodyWithItsCoverAndClearOfEverything) {
    const Trunk trunk = waist();
    Figures vessel; // one that would stand out
    vessel.tubes.push_back(rod("rod_r", {0, 1250, 0}, {-50, 1250, 0}, 4.0));
    const std::vector<Built> inner = build_hazards(vessel);
    const Built built = build_skin(trunk.skin, trunk.cover, trunk.firm, inner);
    EXPECT_TRUE(check(built.lods[0]).closed());
    for (const glm::vec3& p : inner[0].lods[0].positions) {
        float nearest = 1e9F;
        glm::vec3 normal(0), at(0);
        for (std::size_t i = 0; i < built.lods[0].positions.size(); ++i) {
            const float d = glm::length(built.lods[0].positions[i] - p);
            if (d < nearest) {
                nearest = d;
                at = built.lods[0].positions[i];
                normal = built.lods[0].normals[i];
            }
        }
        EXPECT_GT(nearest, 1.5F);
        if (nearest < 10.0F) {
            EXPECT_GT(glm::dot(at - p, normal), 0.0F) << p.x;
        }
    }
    // Far from the rod: core, fat and skin.
    EXPECT_NEAR(bounds(built.lods[0]).high.z, 42.0, 2.5);
}

TEST(Forge, AVesselInTheReferencesFatSinksUnderTheLivingCover) {
    const Trunk trunk = waist();
    std::vector<TubeFigure> vessels{rod("superficial", {0, 1220, 50}, {0, 1280, 50}, 2.0),
                                    rod("deep", {0, 1220, 34}, {0, 1280, 34}, 2.0)};
    sink(vessels, trunk.cover);
    for (const TubeFigure::Point& p : vessels[0].points) {
        EXPECT_NEAR(trunk.cover.skin.value(p.position), -4.5, 0.5); // its radius and 2.5 mm of skin over it
        EXPECT_NEAR(p.position.x, 0.0, 0.5);
    }
    for (const TubeFigure::Point& p : vessels[1].points)
        EXPECT_EQ(p.position.z, 34.0);
}

TEST(Forge, FilesNameEveryMeshAndAreTheSameEachTime) {
    Figures figures;
    figures.source = "test";
    figures.muscles.assign(real_figures().muscles.begin(), real_figures().muscles.begin() + 2);
    const FigureTexts texts = real_texts();
    const std::vector<Built> built = build_muscles(figures.muscles);
    const auto first = body_files(built, figures, texts), second = body_files(built, figures, texts);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->glb, second->glb);
    EXPECT_EQ(first->catalogue, second->catalogue);
    for (const char* name : {"sternocleidomastoid_r#0", "sternocleidomastoid_r#2"})
        EXPECT_NE(first->glb.find(name), std::string::npos) << name;
    const auto json = parse_json(first->catalogue, "catalogue.json");
    ASSERT_TRUE(json);
    const auto catalogue = anatomy::catalogue_from_json(*json, "catalogue.json");
    ASSERT_TRUE(catalogue) << catalogue.error().front().text();
    EXPECT_EQ(catalogue->structures.size(), 4U);
    EXPECT_TRUE(catalogue->find("sternocleidomastoid_l").valid());
    EXPECT_EQ(catalogue->content_hash.size(), 64U);
}

} // namespace
} // namespace tb::forge
