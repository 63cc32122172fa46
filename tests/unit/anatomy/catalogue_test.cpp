#include "anatomy/catalogue.h"

#include <gtest/gtest.h>

#include "support/small_body.h"

namespace tb::anatomy {
namespace {

Json small_json() {
    return to_json(test::small_parts().catalogue);
}

std::string faults_of(const Json& json) {
    const auto read = catalogue_from_json(json, "catalogue.json");
    std::string all;
    if (!read) {
        for (const Error& error : read.error())
            all += error.text() + "\n";
    }
    return all;
}

TEST(Catalogue, ReadsBackWhatItWrote) {
    Catalogue original = test::small_parts().catalogue;
    original.structures[1].ta2 = "Musculus probandi";
    original.structures[1].nerve = "test nerve";
    original.structures[4].hazard = "pneumothorax";
    original.landmarks.push_back(
        {"C7 spinous process", "C7", Side::Midline, {0, 1, 2}, "the most prominent one"});
    const auto read = catalogue_from_json(to_json(original), "x");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->content_hash, original.content_hash);
    for (std::size_t i = 0; i < original.structures.size(); ++i) {
        const Structure& a = original.structures[i];
        const Structure& b = read->structures[i];
        EXPECT_EQ(a.id, b.id);
        EXPECT_EQ(a.kind, b.kind);
        EXPECT_EQ(a.ta2, b.ta2);
        EXPECT_EQ(a.nerve, b.nerve);
        EXPECT_EQ(a.hazard, b.hazard);
        EXPECT_EQ(a.side, b.side);
        EXPECT_EQ(a.tendon_origin, b.tendon_origin);
        EXPECT_EQ(a.volume_ml, b.volume_ml);
        EXPECT_EQ(a.triangles, b.triangles);
        ASSERT_EQ(a.parts.size(), b.parts.size());
        for (std::size_t k = 0; k < a.parts.size(); ++k) {
            EXPECT_EQ(a.parts[k].name, b.parts[k].name);
            EXPECT_EQ(a.parts[k].lattice.points(), b.parts[k].lattice.points());
            EXPECT_EQ(a.parts[k].lattice.half_thickness(), b.parts[k].lattice.half_thickness());
        }
    }
    ASSERT_EQ(read->landmarks.size(), 1U);
    EXPECT_EQ(read->landmarks[0].palpation, "the most prominent one");
}

TEST(Catalogue, MakesTheLeftTwinOfEveryRightStructure) {
    const auto read = catalogue_from_json(small_json(), "x");
    ASSERT_TRUE(read);
    const StructureId right = read->find("test_muscle_r"), left = read->find("test_muscle_l");
    ASSERT_TRUE(right.valid());
    ASSERT_TRUE(left.valid());
    const Structure& twin = read->structures[left.index];
    EXPECT_EQ(twin.side, Side::Left);
    const geometry::Vec3 r = read->structures[right.index].parts[0].lattice.position({0.3, 0.2, 0.4});
    const geometry::Vec3 l = twin.parts[0].lattice.position({0.3, 0.8, 0.4});
    EXPECT_LT(glm::length(l - geometry::mirrored(r)), 1e-9);
    EXPECT_FALSE(read->find("skin_l").valid());
}

TEST(Catalogue, KeepsALeftStructureOfItsOwnShape) {
    Catalogue original = test::small_parts().catalogue;
    Structure right;
    right.id = "lung_r";
    right.kind = StructureKind::Lung;
    right.name = "Lung";
    right.side = Side::Right;
    right.mirrored = false;
    right.volume_ml = 3000.0;
    right.hazard = "pneumothorax";
    Structure left = right;
    left.id = "lung_l";
    left.side = Side::Left;
    left.volume_ml = 2800.0;
    original.structures.push_back(right);
    original.structures.push_back(left);
    const Json json = to_json(original);
    const auto read = catalogue_from_json(json, "x");
    ASSERT_TRUE(read) << read.error().front().text();
    ASSERT_TRUE(read->find("lung_l").valid());
    EXPECT_EQ(read->structures[read->find("lung_l").index].volume_ml, 2800.0);
    EXPECT_EQ(write_json(to_json(*read)), write_json(json));
}

TEST(Catalogue, WritesTwinsOnlyOnce) {
    const auto both = catalogue_from_json(small_json(), "x");
    ASSERT_TRUE(both);
    EXPECT_EQ(write_json(to_json(*both)), write_json(small_json()));
}

TEST(Catalogue, AStructureOfOneSideHasNoTwin) {
    Catalogue one = test::small_parts().catalogue;
    one.structures[3].id = "azygos-vein";
    const auto read = catalogue_from_json(to_json(one), "x");
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->find("azygos-vein").valid());
    EXPECT_EQ(read->structures.size(), 2 * one.structures.size() - 2); // nor has the skin
}

TEST(Catalogue, MirrorsRightLandmarks) {
    Catalogue marks = test::small_parts().catalogue;
    marks.landmarks.push_back(
        {"acromion", "scapula_r", Side::Right, {-150, 10, 20}, "corner of the shoulder"});
    const auto read = catalogue_from_json(to_json(marks), "x");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->landmarks.size(), 2U);
    EXPECT_EQ(read->landmarks[1].side, Side::Left);
    EXPECT_EQ(read->landmarks[1].position, geometry::Vec3(150, 10, 20));
}

TEST(Catalogue, AMisspeltKeyIsAFaultWithItsPlace) {
    Json json = small_json();
    json["structures"][1]["tendons"] = 1;
    EXPECT_NE(faults_of(json).find("/structures/1"), std::string::npos);
    EXPECT_NE(faults_of(json).find("tendons"), std::string::npos);
}

TEST(Catalogue, AMissingRowIsAFault) {
    Json json = small_json();
    json["structures"][1]["parts"][0]["rows"].erase(2);
    EXPECT_NE(faults_of(json).find("7 rows are announced"), std::string::npos) << faults_of(json);
}

TEST(Catalogue, AShortRowIsAFault) {
    Json json = small_json();
    json["structures"][1]["parts"][0]["rows"][2].erase(0);
    EXPECT_NE(faults_of(json).find("/structures/1/parts/0/rows/2"), std::string::npos) << faults_of(json);
}

TEST(Catalogue, AWordInPlaceOfANumberIsAFault) {
    Json json = small_json();
    json["structures"][1]["parts"][0]["rows"][2][5] = "far";
    EXPECT_NE(faults_of(json).find("/structures/1/parts/0/rows/2/5"), std::string::npos) << faults_of(json);
}

TEST(Catalogue, ANumberOutsideAnyBodyIsAFault) {
    Json json = small_json();
    json["structures"][1]["parts"][0]["rows"][0][0] = 1e7;
    EXPECT_NE(faults_of(json).find("outside"), std::string::npos);
}

TEST(Catalogue, OneIdTwiceIsAFault) {
    Json json = small_json();
    json["structures"].push_back(json["structures"][2]);
    EXPECT_NE(faults_of(json).find("there twice"), std::string::npos);
}

TEST(Catalogue, AnUnknownKindAndSideAreFaultsAtOnce) {
    Json json = small_json();
    json["structures"][2]["kind"] = "bonne";
    json["structures"][3]["side"] = "middle";
    const std::string all = faults_of(json);
    EXPECT_NE(all.find("bonne"), std::string::npos);
    EXPECT_NE(all.find("middle"), std::string::npos);
}

TEST(Catalogue, AMuscleWithoutPartsIsAFault) {
    Json json = small_json();
    json["structures"][1].erase("parts");
    EXPECT_NE(faults_of(json).find("at least one part"), std::string::npos);
}

TEST(Catalogue, OtherFormsOfJsonAreFaultsAndNoCrash) {
    for (const char* text :
         {"[]", "3", "null", "{}", "{\"structures\": 3}", "{\"structures\": [3, null, []]}",
          "{\"content_hash\": \"\", \"source\": \"\", \"structures\": [{}], \"landmarks\": [{}]}"}) {
        const auto json = parse_json(text, "x");
        ASSERT_TRUE(json);
        EXPECT_FALSE(catalogue_from_json(*json, "x")) << text;
    }
}

TEST(Catalogue, TheMeshDigestSeesOneFlippedBit) {
    std::string bytes(1000, 'a');
    const std::string digest = mesh_digest(bytes);
    EXPECT_EQ(digest.size(), 16U);
    for (const std::size_t at : {0U, 31U, 500U, 992U, 999U}) {
        std::string other = bytes;
        other[at] = static_cast<char>(other[at] ^ 1);
        EXPECT_NE(mesh_digest(other), digest) << at;
    }
    EXPECT_NE(mesh_digest(bytes + "a"), digest);
}

} // namespace
} // namespace tb::anatomy
