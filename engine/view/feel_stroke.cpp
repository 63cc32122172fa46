#include "view/feel_stroke.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "anatomy/queries.h"
#include "view/feel_synth.h"

namespace tb::view {
namespace {

using geometry::Vec3;

constexpr double kStroke_mm = 30.0;
constexpr double kClear_mm = 9.0; ///< a band's half width, the pad's reach beside it, and some room
constexpr std::array<double, 7> kAside_mm{22.0, 26.0, 30.0, 35.0, 40.0, 50.0, 60.0};
constexpr int kPlaces = 11; ///< looked at along a stroke
constexpr std::size_t kSamplesPerTick = FeelSynth::kRate_Hz / kTicksPerSecond;
constexpr double kRest_s = 0.4; ///< standing before and after, and silence at the end

/// Directions on the skin over a band's knot.
struct Axes {
    Vec3 middle, along, across;
};
Axes axes_over(const anatomy::Body& body, const anatomy::Band& band) {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, band.centre);
    const auto muscle = anatomy::in_muscle(body, band.centre);
    const Vec3 fibre = muscle                  ? muscle->fibre
                       : band.line.size() >= 2 ? band.line.back() - band.line.front()
                                               : geometry::tangents_of(skin.normal).e1;
    const Vec3 flat = fibre - glm::dot(fibre, skin.normal) * skin.normal;
    const Vec3 along =
        glm::length(flat) > 1e-6 ? glm::normalize(flat) : geometry::tangents_of(skin.normal).e1;
    return {skin.point, along, glm::cross(skin.normal, along)};
}

SkinStroke stroke_at(const anatomy::Body& body, const Axes& a, double along_mm, double across_mm) {
    const Vec3 middle = a.middle + a.along * along_mm + a.across * across_mm;
    const Vec3 half = a.across * (0.5 * kStroke_mm);
    return {anatomy::nearest_skin(body, middle - half).point,
            anatomy::nearest_skin(body, middle + half).point};
}

/// Distance from the finger's line of pressing to the nearest band's axis.
double band_distance_mm(const anatomy::Body& body, const anatomy::SkinPoint& at) {
    double nearest = 1e9;
    for (const anatomy::Band& b : body.bands()) {
        for (const Vec3& p : b.line) {
            const Vec3 away = p - at.point;
            nearest = std::min(nearest, glm::length(away - glm::dot(away, at.normal) * at.normal));
        }
    }
    return nearest;
}

/// First muscle under a finger there; not valid where there is none.
StructureId muscle_under(const anatomy::Body& body, const anatomy::SkinPoint& at) {
    const auto muscle = anatomy::first_muscle(body, at, -at.normal);
    return muscle ? muscle->muscle : StructureId{};
}

/// Holds at every place of the stroke that is looked at.
template <class Holds>
bool all_along(const anatomy::Body& body, const SkinStroke& stroke, Holds&& holds) {
    for (int k = 0; k < kPlaces; ++k) {
        if (!holds(anatomy::nearest_skin(body, glm::mix(stroke.from, stroke.to, k / (kPlaces - 1.0)))))
            return false;
    }
    return true;
}
bool meets_no_band(const anatomy::Body& body, const SkinStroke& stroke) {
    return all_along(body, stroke, [&](const auto& at) { return band_distance_mm(body, at) >= kClear_mm; });
}
bool lies_over(const anatomy::Body& body, StructureId muscle, const SkinStroke& stroke) {
    return all_along(body, stroke, [&](const auto& at) { return muscle_under(body, at) == muscle; });
}

/// Tick by tick: pose, simulation, cue, samples.
class Player {
public:
    Player(session::Session& session, HeardStroke& heard) : session_(session), heard_(heard) {}

    void pose(const Vec3& at, double press_N) {
        const anatomy::SkinPoint skin = anatomy::nearest_skin(*session_.world().body, at);
        session_.submit(events::ToolPose{events::Tool::Finger, geometry::point(skin.point),
                                         geometry::direction(-skin.normal), Newtons(press_N)});
        tick();
    }
    void wait(double seconds) {
        for (Tick n = ticks_of(Seconds(seconds)); n > 0; --n)
            tick();
    }
    void finish() {
        if (pitches_.empty()) return;
        std::sort(pitches_.begin(), pitches_.end());
        heard_.usual_Hz = pitches_[pitches_.size() / 2];
        heard_.highest_Hz = pitches_.back();
    }

private:
    void tick() {
        session_.advance();
        const Cue cue = reader_.read(session_.state());
        if (cue.pitch_Hz > 0.0) pitches_.push_back(cue.pitch_Hz);
        heard_.snaps += cue.click == Click::Snap ? 1 : 0;
        heard_.most_shown = std::max(heard_.most_shown, cue.rumble_low);
        synth_.take(cue);
        heard_.samples.resize(heard_.samples.size() + kSamplesPerTick);
        synth_.fill(std::span(heard_.samples).last(kSamplesPerTick));
    }

    session::Session& session_;
    HeardStroke& heard_;
    CueReader reader_;
    FeelSynth synth_;
    std::vector<double> pitches_;
};

} // namespace

SkinStroke stroke_over(const anatomy::Body& body, const anatomy::Band& band) {
    return stroke_at(body, axes_over(body, band), 0.0, 0.0);
}

std::optional<SkinStroke> stroke_beside(const anatomy::Body& body, const anatomy::Band& band) {
    const Axes axes = axes_over(body, band);
    const StructureId muscle = muscle_under(body, anatomy::nearest_skin(body, axes.middle));
    std::optional<SkinStroke> elsewhere;
    for (const double aside : kAside_mm) {
        for (const Vec3& way :
             {Vec3(0, aside, 0), Vec3(0, -aside, 0), Vec3(aside, 0, 0), Vec3(-aside, 0, 0)}) {
            const SkinStroke stroke = stroke_at(body, axes, way.x, way.y);
            if (!meets_no_band(body, stroke)) continue;
            if (lies_over(body, muscle, stroke)) return stroke;
            if (!elsewhere) elsewhere = stroke;
        }
    }
    return elsewhere;
}

HeardStroke play_stroke(session::Session& session, const SkinStroke& stroke, double press_N,
                        double speed_mm_s) {
    HeardStroke heard;
    if (session.state().tool != events::Tool::Finger)
        session.submit(events::SelectTool{events::Tool::Finger});
    Player player(session, heard);
    const int steps =
        std::max(1, static_cast<int>(glm::length(stroke.to - stroke.from) / speed_mm_s * kTicksPerSecond));
    player.pose(stroke.from, press_N);
    player.wait(kRest_s);
    for (const bool back : {false, true}) {
        for (int k = 1; k <= steps; ++k) {
            const double share = static_cast<double>(back ? steps - k : k) / steps;
            player.pose(glm::mix(stroke.from, stroke.to, share), press_N);
        }
        player.wait(kRest_s);
    }
    player.pose(stroke.from, 0.0);
    player.wait(kRest_s);
    player.finish();
    return heard;
}

} // namespace tb::view
