#include "view/echo_view.h"

#include <algorithm>

namespace tb::view {
namespace {

/// Deposits nearer than this fill one pool, mm (est.).
constexpr double kOnePool_mm = 4.0;
/// The picture is made at most every so many ticks: 24 a second of simulated time.
constexpr Tick kTicksPerPicture = kTicksPerSecond / 24;

} // namespace

double echo_time_s(const session::SimState& state) {
    return seconds_of(state.probe.frozen ? state.probe.frozen_at : state.now).value();
}

void EchoView::pool(const std::vector<session::DepotState>& depots) {
    fluids_.clear();
    for (const session::DepotState& d : depots) {
        const auto near = std::find_if(fluids_.begin(), fluids_.end(), [&](const tissue::FluidInView& f) {
            return glm::length(f.centre - d.at) <= kOnePool_mm;
        });
        if (near != fluids_.end()) {
            near->volume_mL += d.volume_mL;
        } else {
            fluids_.push_back({d.at, d.volume_mL});
        }
    }
}

const tissue::EchoPicture* EchoView::update(const session::Session& session) {
    const session::SimState& s = session.state();
    const session::ProbeState& p = s.probe;
    const anatomy::Body* body = session.world().body;
    if (body != body_ || s.now < made_at_) { // another case, or an earlier moment of this one
        scanner_ = tissue::EchoScanner(*parameters_);
        body_ = body;
        picture_ = nullptr;
        made_at_ = -1;
    }
    const bool still = p.held && p.frozen && picture_ != nullptr;
    if (!p.touching() && !still) {
        picture_ = nullptr;
        return nullptr;
    }
    const bool same_knobs = made_of_.depth_mm == p.depth_mm && made_of_.gain_dB == p.gain_dB;
    if (still && same_knobs) return picture_;
    if (picture_ != nullptr && made_of_ == p && s.now - made_at_ < kTicksPerPicture) return picture_;
    const tissue::ProbePose pose = still ? made_of_.pose : p.pose; // what was frozen stays where it was
    if (!still) {
        pool(s.depots);
        needles_.clear();
    }
    if (!still && s.needle.under_skin) {
        const auto& syringe = s.syringe(s.tool == events::Tool::WhealNeedle ? events::Syringe::Wheal
                                                                            : events::Syringe::Injection);
        const tissue::NeedleGauge& gauge = parameters_->nearest_gauge(syringe.gauge);
        needles_.push_back({s.needle.entry, s.needle.tip(), gauge.outer_mm, gauge.inner_mm});
    }
    tissue::EchoScene scene;
    scene.body = body;
    scene.probe = pose;
    scene.settings.depth_mm = p.depth_mm;
    scene.settings.gain_dB = p.gain_dB;
    scene.needles = needles_;
    scene.fluids = fluids_;
    scene.time_s = echo_time_s(s);
    picture_ = &scanner_.scan(scene);
    made_at_ = s.now;
    made_of_ = p;
    made_of_.pose = pose;
    ++revision_;
    return picture_;
}

} // namespace tb::view
