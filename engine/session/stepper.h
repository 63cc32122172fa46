// Inside module session only: what an action changes at once, and one tick of simulation. Works on a
// Session's state and writes its findings to the log; each event passes the procedure machine, whose findings
// follow it.
#pragma once

#include <string_view>

#include "session/session.h"

namespace tb::session {

constexpr double kPenRadius_mm = 2.0; ///< of skin that a skin pen touches

class Stepper {
public:
    explicit Stepper(Session& session)
        : session_(session), world_(session.world_), body_(*session.world_.body),
          scenario_(*session.world_.scenario), parameters_(*session.world_.parameters), s_(session.state_) {}

    /// Records an accepted, quantised action and applies it (apply.cpp). A pose is only set: `tick` moves the
    /// tool.
    void act(const events::Action& action, const std::string& actor);
    /// One tick (step.cpp).
    void tick();

private:
    // step.cpp
    void emit(events::Finding finding);
    void observe(const events::Event& event);
    void periodic();
    void run_activity();
    void end_activity();
    /// The tool's pose between the tick before and this one; `share` 0..1.
    [[nodiscard]] events::ToolPose pose_at(double share) const;
    [[nodiscard]] bool pose_moved() const { return s_.pose != s_.previous_pose; }

    // apply.cpp
    void select(events::Tool tool);
    void apply(const events::SelectTool& a);
    void apply(const events::ToolPose& a);
    void apply(const events::SetGrip& a);
    void apply(const events::Say& a);
    void apply(const events::Declare& a);
    void apply(const events::SetPosture& a);
    void apply(const events::TakeItem& a);
    void apply(const events::WearGloves& a);
    void apply(const events::BeginActivity& a);
    void apply(const events::EndActivity& a);
    void apply(const events::TakeAntiseptic& a);
    void apply(const events::MountNeedle& a);
    void apply(const events::DrawUp& a);
    void apply(const events::ExpelAir& a);
    void apply(const events::Mark& a);
    void apply(const events::SprayJet& a);
    void apply(const events::Aspirate& a);
    void apply(const events::TurnBevel& a);
    void apply(const events::PushPlunger& a);
    void apply(const events::Dispose& a);
    void apply(const events::Document& a);
    void apply(const events::AskHint& a);
    void apply(const events::FastForward& a);
    void apply(const events::FinishCase& a);

    // step_probe.cpp
    void apply(const events::HoldProbe& a);
    void apply(const events::MoveProbe& a);
    void apply(const events::TuneProbe& a);
    void put_probe_back();
    void probe_touches();
    /// Counts how much of the needle's advance the picture shows; `before_mm`: its depth before this tick.
    void follow_needle(double before_mm);
    void state_followed();

    // patient.cpp
    void speak(std::string_view text, double pain = -1.0);
    void hurt(double pain, double seconds);
    /// The patient's answer to a topic.
    void answer(const std::string& topic);
    /// Pain at rest now, 0..10: what the patient came with less the relief of the treated active points.
    [[nodiscard]] double pain_rating() const;
    /// Drop of pain that a deposit brings (cases.json response_model, est. distances).
    void relieve(int band, double distance_mm);
    [[nodiscard]] bool numb_at(const geometry::Vec3& skin_point) const;

    // step_finger.cpp
    void finger_tick();
    void finger_lifted();
    /// Tissue under the pose. `from` is where it was looked up for this contact: it moves when the tool has
    /// moved, or when a new contact begins (`touching` false).
    const FingerColumn& column_at(const events::ToolPose& pose, bool touching, geometry::Vec3& from);
    /// What presses there, upon the tissue that `column_at` has found; one tick of its creep.
    tissue::PadContact contact_at(const events::ToolPose& pose, tissue::Relaxation& relaxation);
    /// What a band's own pain and a treatment make of the pain of pressing 0..10 at a nodule.
    [[nodiscard]] double limited_pain(double pain, int nodule, double distance_mm) const;
    void follow_stroke(const tissue::PadReading& reading, double across_mm, const geometry::Vec3& at);
    void end_stroke();
    void follow_hold(const geometry::Vec3& at);
    void end_hold();
    void state_felt();
    void voice_finger_pain();

    // step_algometer.cpp
    void algometer_tick();
    void algometer_lifted();
    /// The patient's word at the threshold: the reading.
    void word_of_pain(const FingerColumn& under, const tissue::PadReading& reading);

    // step_skin.cpp
    void contact_tick();
    void contact_lifted();
    void touch_skin(const geometry::Vec3& point, double radius_mm);
    /// Something unsterile was on the cleaned field.
    void contaminate(const geometry::Vec3& point, double radius_mm);
    void state_skin(std::string_view occasion, const geometry::Vec3& at);
    void prep_tick();
    void spray_tick();
    void end_spray();
    void numb_tick();

    // step_needle.cpp
    void needle_tick();
    void needle_event(const tissue::NeedleEvent& event, SyringeState& syringe);
    void punctured(const tissue::NeedleEvent& event, SyringeState& syringe);
    void follow_pass();
    void follow_tip();
    /// An anaesthetic deposit near this band has taken effect.
    [[nodiscard]] bool blocked(int band) const;
    void measure_clearance();
    void end_pass(double withdrawn_to_mm);
    void out_of_skin(SyringeState& syringe);

    // step_wound.cpp
    void leak_back(const SyringeState& syringe);
    void begin_bleeding(const SyringeState& syringe);
    void bleed_tick();
    void end_bleeding();

    // step_plunger.cpp
    void plunger_tick(SyringeState& syringe);
    void release_plunger(SyringeState& syringe);
    /// Remembers where fluid lies now and in what shape; `fibre` zero outside muscle.
    void keep_depot(const geometry::Vec3& at, StructureKind kind, double volume_mL,
                    const geometry::Vec3& fibre);
    void end_push(SyringeState& syringe, events::Syringe which);
    struct Where {
        std::string structure;
        StructureKind kind = StructureKind::Outside;
    };
    /// Where fluid from the needle goes now; "skin" where it raises a wheal.
    [[nodiscard]] Where outlet() const;
    /// Size of the syringes in use, mL.
    static int syringe_mL(events::Syringe which);
    [[nodiscard]] SyringeState* in_hand();
    [[nodiscard]] events::Syringe which_in_hand() const;

    [[nodiscard]] const anatomy::Band* band(int index) const;
    /// The active or latent point nearest to `p`, -1 if none within `range_mm`.
    [[nodiscard]] int nearest_band(const geometry::Vec3& p, double range_mm, bool targets_only = false) const;

    Session& session_;
    const World& world_;
    const anatomy::Body& body_;
    const scenario::Scenario& scenario_;
    const tissue::Parameters& parameters_;
    SimState& s_;
};

} // namespace tb::session
