// Inside module session: the script of a scripted trainee, stage by stage. It knows the literature and normal
// anatomy (the atlas), and of this patient only what a person sees, feels and hears.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "session/autopilot_hands.h"

namespace tb::session {

class Script {
public:
    Script(Session& session, const AutopilotOptions& options, std::set<std::string, std::less<>> faults,
           const StepCallback& on_step);
    void play();

private:
    /// Does this trainee make this mistake?
    [[nodiscard]] bool errs(std::string_view fault) const { return faults_.contains(fault); }
    void told(const std::string& caption) {
        if (on_step_) on_step_(hands_.session(), caption);
    }

    /// The case asks for the needle to be followed in the ultrasound picture.
    [[nodiscard]] bool follows_needle() const { return scenario_.ultrasound == scenario::Ultrasound::Scored; }

    // autopilot.cpp
    void talk();
    void equipment();
    void clean_hands(std::string_view fault_none, std::string_view fault_short);
    void position();
    void after_needle();
    void finish();
    // autopilot_locate.cpp
    void locate();
    void search();
    void search_by_pressing();
    void refine();
    bool confirm(); ///< true: the patient knows this pain
    void mark();
    // autopilot_needle.cpp
    void disinfect();
    void anaesthetise();
    void raise_wheal();
    void inject();
    void plan_entry();
    [[nodiscard]] geometry::Vec3 toward_lung() const;
    /// Turns the probe's slice onto the needle that goes this way from its entry.
    void look_along(const geometry::Vec3& entry, const geometry::Vec3& axis);
    void enter(const geometry::Vec3& axis);
    void withdraw();
    [[nodiscard]] bool answered();
    bool aspirate();
    void push(double volume_mL, double rate_mL_s);
    void one_pass(const geometry::Vec3& aim, double volume_mL, bool first);
    void throw_away(const std::string& needle);

    /// A point of the skin map laid over the region: s along the fibres, t across them, mm from the textbook
    /// site.
    [[nodiscard]] geometry::Vec3 on_map(double s, double t) const;
    /// Clearance of the straight way to hazards, mm, as far as normal anatomy tells; 0 when it goes through
    /// one.
    [[nodiscard]] double clearance(const geometry::Vec3& from, const geometry::Vec3& to) const;

    AutopilotOptions options_;
    std::set<std::string, std::less<>> faults_;
    StepCallback on_step_;
    Hands hands_;
    Random random_;
    const scenario::Scenario& scenario_;
    const scenario::Plan& plan_;
    const anatomy::TriggerPoint* textbook_ = nullptr; ///< the literature's point that explains the complaint
    bool left_ = false;

    // the map of the search, and what was found
    geometry::Vec3 map_centre_{0.0}, map_along_{0.0}, map_across_{0.0};
    struct Spot {
        double s = 0.0, t = 0.0, score = 0.0;
    };
    Spot best_;
    geometry::Vec3 found_{0.0}, target_{0.0}, entry_{0.0}, approach_{0.0};
    double depth_mm_ = 0.0; ///< planned way of the needle
    std::size_t heard_ = 0; ///< events of the log read so far while needling
};

} // namespace tb::session
