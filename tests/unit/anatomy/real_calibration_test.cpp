// The product's calibration table and the fit checker on the built body: everything is read and measured.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "anatomy/calibration.h"
#include "anatomy/fit.h"
#include "support/real_body.h"

namespace tb::anatomy {
namespace {

const std::string kTable = TB_SOURCE_DIR "/assets/figures/calibration.json";

class RealCalibration : public testing::Test {
protected:
    void SetUp() override {
        atlas_ = test::real_atlas();
        ASSERT_NE(atlas_, nullptr);
        auto json = parse_json(test::file_bytes(kTable), kTable);
        ASSERT_TRUE(json) << json.error().text();
        auto table = calibration_from_json(*json, kTable, *atlas_);
        if (!table) {
            for (const Error& e : table.error())
                ADD_FAILURE() << e.text();
        }
        ASSERT_TRUE(table);
        table_ = std::move(*table);
    }
    const Atlas* atlas_ = nullptr;
    Calibration table_;
};

TEST_F(RealCalibration, EveryRowIsReadAndMostAreMeasured) {
    EXPECT_GE(table_.rows.size(), 221U);
    EXPECT_GE(table_.probes.size(), 73U);
    auto body = Body::create(*atlas_, {}, 1);
    ASSERT_TRUE(body);
    const auto results = evaluate(table_, *body);
    ASSERT_EQ(results.size(), table_.rows.size());
    for (const CalibrationResult& r : results) {
        EXPECT_EQ(r.model.has_value(), r.why_not.empty()) << r.row->id;
        EXPECT_LT(std::abs(r.model.value_or(0.0)), 2000.0) << r.row->id;
    }
    const CalibrationSummary sum = summary_of(results);
    EXPECT_GE(sum.computed, 150);
    EXPECT_GE(sum.judged, 70);
    EXPECT_GT(sum.met, 0);
    EXPECT_LE(sum.met + sum.far, sum.judged);
}

TEST_F(RealCalibration, TheBodyIsAsDeepAsLivingPeople) {
    auto body = Body::create(*atlas_, {}, 1);
    ASSERT_TRUE(body);
    const auto results = evaluate(table_, *body);
    const CalibrationSummary sum = summary_of(results);
    EXPECT_GE(sum.met, 0.85 * sum.judged);
    EXPECT_EQ(sum.overstated, 0); // nowhere is a lung, vessel or nerve deeper than in life
    for (const CalibrationResult& r : results) {
        if (!r.judged || r.verdict != CalibrationResult::Verdict::Far) continue;
        // Known and not yet met (docs/anatomy.md): flexor digitorum longus covers it in the reference.
        EXPECT_EQ(r.row->id, "tibialis-posterior-depth-mid") << *r.model;
    }
}

TEST_F(RealCalibration, ContradictionsAreDecidedAndNothingElseIsPassedOver) {
    EXPECT_TRUE(undecided_contradictions(table_).empty());
    // A row may only be passed over for one that it contradicts.
    Calibration open = table_;
    open.followed.clear();
    std::set<std::pair<std::string, std::string>> contradictions;
    for (const auto& [a, b] : undecided_contradictions(open)) {
        contradictions.emplace(open.rows[a].id, open.rows[b].id);
        contradictions.emplace(open.rows[b].id, open.rows[a].id);
    }
    for (const CalibrationChoice& choice : table_.followed) {
        EXPECT_FALSE(choice.why.empty()) << choice.row;
        for (const std::string& dropped : choice.instead)
            EXPECT_TRUE(contradictions.contains({choice.row, dropped})) << choice.row << " and " << dropped;
    }
}

TEST_F(RealCalibration, FitIsCheckedForEveryMuscle) {
    const FitReport report = check_fit(*atlas_, 100);
    EXPECT_GE(report.muscles.size(), 100U);
    EXPECT_GE(report.enclosed, 200);
    double in_bone = 0.0, in_muscle = 0.0;
    for (const MuscleFit& m : report.muscles) {
        EXPECT_EQ(m.points, 100);
        EXPECT_LT(m.in_bone_mm, 150.0) << atlas_->structure(m.muscle).id;
        EXPECT_FALSE(m.ends.empty()) << atlas_->structure(m.muscle).id;
        EXPECT_LT(m.outside_mm, 1.0) << atlas_->structure(m.muscle).id;
        in_bone += m.in_bone_share;
        in_muscle += m.in_muscle_share;
    }
    for (const SkinFit& s : report.outside)
        EXPECT_LT(s.outside_mm, 1.0) << atlas_->structure(s.structure).id;
    // What is reached today, so that it gets no worse; the goal is 1 % (docs/anatomy.md).
    EXPECT_LT(in_bone / static_cast<double>(report.muscles.size()), 0.04);
    EXPECT_LT(in_muscle / static_cast<double>(report.muscles.size()), 0.15);
}

} // namespace
} // namespace tb::anatomy
