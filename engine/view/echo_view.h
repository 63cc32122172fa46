// The ultrasound picture of a running session: what of the state it depends on, and when it must be made
// anew.
#pragma once

#include <cstdint>
#include <vector>

#include "session/session.h"
#include "tissue/echo.h"

namespace tb::view {

/// The moment a session's picture shows: now, or when it was frozen. Seconds of simulated time.
double echo_time_s(const session::SimState& state);

/// Keeps a scanner and makes the picture of a session where one is due.
class EchoView {
public:
    explicit EchoView(const tissue::Parameters& parameters)
        : parameters_(&parameters), scanner_(parameters) {}

    /// The picture of this state; null while no probe is on the skin. A frozen picture stays as it was; one
    /// that was frozen before this view saw it is made from the probe and needle of now.
    const tissue::EchoPicture* update(const session::Session& session);
    /// Counts pictures made: an upload is due when it changes.
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

private:
    /// What was injected, as pools of fluid.
    void pool(const std::vector<session::DepotState>& depots);

    const tissue::Parameters* parameters_;
    tissue::EchoScanner scanner_;
    const tissue::EchoPicture* picture_ = nullptr;
    const anatomy::Body* body_ = nullptr;
    Tick made_at_ = -1;
    session::ProbeState made_of_;
    std::vector<tissue::NeedleInView> needles_;
    std::vector<tissue::FluidInView> fluids_;
    std::uint64_t revision_ = 0;
};

} // namespace tb::view
