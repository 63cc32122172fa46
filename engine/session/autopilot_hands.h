// Inside module session: the hands of a scripted trainee. They act only through actions, move at a hand's
// speed, and let time pass.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "session/autopilot.h"

namespace tb::session {

class Hands {
public:
    Hands(Session& session, const AutopilotOptions& options) : session_(session), options_(options) {}

    /// False: refused.
    bool act(const events::Action& action) { return session_.submit(action, "autopilot"); }
    void wait(double seconds);
    void say(std::string_view topic, double seconds = 3.0);
    void take(events::Tool tool);

    /// Finger, swab, pen or gauze on the skin; the axis is the inward normal there.
    void touch(const geometry::Vec3& skin_point, double press_N);
    void lift();
    /// Along the points at a speed, `watch` after each pose. Ends with the tool still on the skin.
    void glide(std::span<const geometry::Vec3> way, double press_N, double speed_mm_s,
               const std::function<void()>& watch = {});
    /// Straight movement of a needle from where it is, at a speed; stops early when `stop` says so.
    void needle_to(const geometry::Vec3& tip, const geometry::Vec3& axis, double speed_mm_s,
                   const std::function<bool()>& stop = {});
    /// Puts the needle in the air without a way there.
    void needle_at(const geometry::Vec3& tip, const geometry::Vec3& axis);

    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] const SimState& state() const { return session_.state(); }
    [[nodiscard]] const anatomy::Body& body() const { return *session_.world().body; }

private:
    void advance(Tick ticks);
    Session& session_;
    const AutopilotOptions& options_;
    geometry::Vec3 at_{0.0}, axis_{0.0};
};

} // namespace tb::session
