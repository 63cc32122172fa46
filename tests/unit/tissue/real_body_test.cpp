// The finger and the needle on the body that is shipped: the case of the descending trapezius.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/mechanics.h"
#include "support/real_body.h"
#include "tissue/needle.h"
#include "tissue/palpation.h"

namespace tb::tissue {
namespace {

using geometry::Vec3;
using test::mechanics;

constexpr double kDt = 1.0 / 960.0, kGain = 2.0;

const anatomy::Body* desk_worker() {
    const anatomy::Atlas* atlas = test::real_atlas();
    if (atlas == nullptr) return nullptr;
    static const auto kBody = [atlas] {
        anatomy::BodySpec spec;
        spec.weight = Kilograms(63.0);
        spec.height_cm = 167.0;
        spec.female = true;
        spec.scatter_mm = 0.0;
        anatomy::PointSpec point;
        point.point = "trapezius-descendens-1";
        point.pressure_threshold = KgPerCm2(1.6);
        point.pain_on_pressure = 8.0;
        point.target = true;
        spec.points.push_back(point);
        return anatomy::Body::create(*atlas, spec, 1);
    }();
    if (kBody) return &*kBody;
    for (const Error& e : kBody.error())
        ADD_FAILURE() << e.text();
    return nullptr;
}

/// A fingertip that follows the skin with the press along the inward normal.
struct Finger {
    const anatomy::Body& body;
    anatomy::TissueColumn column;
    StrumState state;
    double cue = 0.0, static_contrast = 0.0;
    int snaps = 0;

    explicit Finger(const anatomy::Body& b) : body(b) {}

    void at(const Vec3& wanted, double press_N) {
        const anatomy::SkinPoint skin = anatomy::nearest_skin(body, wanted);
        column = anatomy::tissue_column(body, skin, -skin.normal, 60.0);
        const auto muscle = anatomy::first_muscle(body, skin, -skin.normal);
        PadContact c;
        c.column = &column;
        c.inward = -skin.normal;
        c.fibre = muscle ? muscle->fibre : Vec3(0.0);
        c.press_N = press_N;
        c.bands = body.bands();
        const PadReading r = press(mechanics(), c);
        static_contrast = std::max(static_contrast, r.band_contrast);
        snaps += strum(mechanics(), c, r, skin.point, kDt, state).snapped ? 1 : 0;
        cue = std::max(cue, state.cue);
    }
    void stroke(const Vec3& from, const Vec3& to, double press_N, double speed_mm_s) {
        const int steps = static_cast<int>(glm::length(to - from) / (speed_mm_s * kDt));
        for (int i = 0; i <= steps; ++i)
            at(from + (to - from) * (static_cast<double>(i) / steps), press_N);
    }
};

struct Site {
    Vec3 centre, along, across, inward;
};
Site site_of(const anatomy::Body& body) {
    const anatomy::Band& band = body.bands().front();
    const auto nearest =
        std::min_element(band.line.begin(), band.line.end(), [&](const Vec3& a, const Vec3& b) {
            return glm::distance(a, band.centre) < glm::distance(b, band.centre);
        });
    const auto next = nearest + 1 != band.line.end() ? nearest + 1 : nearest;
    const auto previous = nearest != band.line.begin() ? nearest - 1 : nearest;
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, band.centre);
    Site s;
    s.centre = skin.point;
    s.inward = -skin.normal;
    Vec3 along = *next - *previous;
    along -= glm::dot(along, s.inward) * s.inward;
    s.along = glm::normalize(along);
    s.across = glm::normalize(glm::cross(s.inward, s.along));
    return s;
}

TEST(DescendingTrapezius, ACorrectStrumShowsTheBandAndFlatPressingDoesNot) {
    const anatomy::Body* body = desk_worker();
    ASSERT_NE(body, nullptr);
    const Site s = site_of(*body);
    for (const double press_N : {5.0, 10.0, 20.0}) {
        for (const double speed : {20.0, 50.0, 80.0}) {
            Finger finger(*body);
            finger.stroke(s.centre - 12.0 * s.across, s.centre + 12.0 * s.across, press_N, speed);
            const double shown = perceived(mechanics(), finger.cue, kGain);
            EXPECT_GE(shown, 0.5) << press_N << " N, " << speed << " mm/s";
            EXPECT_LE(shown, 0.9) << press_N << " N, " << speed << " mm/s";
            EXPECT_LT(perceived(mechanics(), finger.static_contrast, kGain), 0.15);
        }
    }
}

TEST(DescendingTrapezius, AlongTheFibresAndBesideTheBandNothingIsShown) {
    const anatomy::Body* body = desk_worker();
    ASSERT_NE(body, nullptr);
    const Site s = site_of(*body);
    Finger along(*body);
    along.stroke(s.centre - 10.0 * s.along, s.centre + 10.0 * s.along, 12.0, 40.0);
    EXPECT_LT(perceived(mechanics(), along.cue, kGain), 0.2);
    Finger beside(*body);
    beside.stroke(s.centre + 13.0 * s.across, s.centre + 30.0 * s.across, 12.0, 40.0);
    EXPECT_EQ(perceived(mechanics(), beside.cue, kGain), 0.0);
}

TEST(DescendingTrapezius, TheNeedleReachesTheNoduleThroughSkinFatAndMuscle) {
    const anatomy::Body* body = desk_worker();
    ASSERT_NE(body, nullptr);
    const Site s = site_of(*body);
    const anatomy::Band& band = body->bands().front();
    const Vec3 axis = glm::normalize(band.centre - s.centre);
    const double depth = glm::distance(band.centre, s.centre);
    NeedleBody needle{25, 38.0, false};
    NeedleState state;
    std::vector<StructureKind> order;
    for (double d = -3.0; d <= depth; d += 0.05) {
        for (const NeedleEvent& e :
             advance(mechanics(), *body, needle, s.centre + axis * d, axis, kDt, state)) {
            if (e.kind == NeedleEvent::Kind::SkinPunctured || e.kind == NeedleEvent::Kind::Entered)
                order.push_back(e.tissue);
        }
    }
    const std::vector<StructureKind> expected = {StructureKind::Skin, StructureKind::Subcutis,
                                                 StructureKind::Muscle};
    EXPECT_EQ(order, expected);
    const TipPlace place = tip_place(*body, state);
    EXPECT_EQ(place.structure, band.muscle);
    EXPECT_TRUE(place.in_nodule);
    EXPECT_LT(glm::distance(state.tip(), band.centre), 0.5);
}

/// Every stretch that is entered is left again, in any order that the anatomy gives.
void expect_paired(const std::vector<NeedleEvent>& events) {
    std::vector<Inside> open;
    for (const NeedleEvent& e : events) {
        const Inside what{e.structure, e.tissue};
        const auto found = std::find(open.begin(), open.end(), what);
        EXPECT_TRUE(std::isfinite(e.force_N) && e.force_N >= 0.0);
        EXPECT_GE(e.depth_mm, 0.0);
        if (e.kind == NeedleEvent::Kind::SkinPunctured || e.kind == NeedleEvent::Kind::Entered) {
            EXPECT_EQ(found, open.end()) << "entered twice: " << name_of(e.tissue);
            open.push_back(what);
        } else if (e.kind == NeedleEvent::Kind::Left) {
            EXPECT_NE(found, open.end()) << "left without having been entered: " << name_of(e.tissue);
            if (found != open.end()) open.erase(found);
        }
    }
    EXPECT_TRUE(open.empty());
}

TEST(AnyPath, KeepsItsBooksWhereverAndHoweverItGoes) {
    const anatomy::Body* body = desk_worker();
    ASSERT_NE(body, nullptr);
    const Site s = site_of(*body);
    Random random(7, "needle paths");
    int bones = 0, outs = 0;
    for (int path = 0; path < 150; ++path) {
        const Vec3 aim =
            s.centre + Vec3(random.uniform(-40, 40), random.uniform(-80, 30), random.uniform(-40, 40));
        const anatomy::SkinPoint skin = anatomy::nearest_skin(*body, aim);
        Vec3 axis = glm::normalize(-skin.normal + Vec3(random.uniform(-0.5, 0.5), random.uniform(-0.5, 0.5),
                                                       random.uniform(-0.5, 0.5)));
        NeedleBody needle{25, 60.0, false};
        NeedleState state;
        std::vector<NeedleEvent> events;
        double depth = -2.0;
        for (int i = 0; i < 400; ++i) {
            depth += i < 300 ? random.uniform(-0.3, 0.7) : -1.0;
            if (random.chance(0.05))
                axis = glm::normalize(axis + Vec3(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), 0.0));
            const Vec3 from = state.under_skin ? state.entry : skin.point;
            for (const NeedleEvent& e :
                 advance(mechanics(), *body, needle, from + axis * depth, axis, kDt, state)) {
                events.push_back(e);
                if (e.kind == NeedleEvent::Kind::BoneContact) ++bones;
                if (e.kind == NeedleEvent::Kind::OutOfSkin) ++outs;
            }
            EXPECT_TRUE(std::isfinite(state.force_N) && state.force_N >= 0.0);
            EXPECT_LE(state.depth_mm, needle.length_mm);
            if (state.under_skin && i % 10 == 0) {
                for (const anatomy::Crossing& c :
                     anatomy::path_crossings(*body, state.entry - 2.0 * state.axis, state.tip())) {
                    if (c.kind == StructureKind::Bone) {
                        EXPECT_GE(c.enter_mm, state.depth_mm - 0.6) << "the needle went through bone";
                    }
                }
            }
            EXPECT_GE(state.lateral_deg, 0.0);
        }
        EXPECT_FALSE(state.under_skin);
        expect_paired(events);
    }
    EXPECT_GT(bones, 10);
    EXPECT_GE(outs, 140);
}

} // namespace
} // namespace tb::tissue
