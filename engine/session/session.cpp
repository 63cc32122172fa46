#include "session/session.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "session/stepper.h"

namespace tb::session {
namespace {

constexpr Tick kSnapshotEvery = 10 * kTicksPerSecond;

events::LogHeader header_of(const World& world, const Options& options) {
    events::LogHeader h;
    h.program = options.program;
    h.scenario = world.scenario->id;
    h.scenario_hash = world.scenario->hash;
    h.anatomy_hash = world.body->atlas().catalogue().content_hash;
    h.mode = options.mode;
    h.seed = options.seed;
    h.contrast_gain = options.contrast_gain;
    h.trainee = options.trainee;
    h.created = options.created;
    return h;
}

} // namespace

Options options_of(const events::LogHeader& header) {
    Options o;
    o.mode = header.mode;
    o.seed = header.seed;
    o.contrast_gain = header.contrast_gain;
    o.program = header.program;
    o.trainee = header.trainee;
    o.created = header.created;
    return o;
}

bool derived(const events::Event& e) {
    return !e.is_action() && e.get<events::Refused>() == nullptr && e.get<events::HintGiven>() == nullptr &&
           e.get<events::HelpUsed>() == nullptr;
}

std::optional<Error> foreign_log(const World& world, const events::LogHeader& header) {
    const auto differs = [](std::string message) {
        return Error{ErrorCode::Differs, std::move(message), "log header"};
    };
    if (header.scenario != world.scenario->id) {
        return differs(fmt::format("the log belongs to case \"{}\", not to \"{}\"; open it with its own case",
                                   header.scenario, world.scenario->id));
    }
    if (header.scenario_hash != world.scenario->hash) {
        return differs(
            "the case was changed since this log was recorded; it can be scored from what it holds, but not "
            "continued or simulated again");
    }
    if (header.anatomy_hash != world.body->atlas().catalogue().content_hash) {
        return differs("the anatomy was rebuilt since this log was recorded; it can be scored from what it "
                       "holds, but not "
                       "continued or simulated again");
    }
    return std::nullopt;
}

Session::Session(World world, const Options& options)
    : world_(world), options_(options), log_(header_of(world, options)) {
    TB_CHECK(world.body != nullptr && world.scenario != nullptr && world.parameters != nullptr);
    state_.procedure = procedure::Machine(options.seed);
    state_.random = Random(options.seed, "session");
    snapshots_.push_back(state_);
}

void Session::run_actions(const std::vector<events::Event>& events, Tick until) {
    for (const events::Event& e : events) {
        if (!e.is_action() || e.tick < state_.now) continue;
        if (e.tick >= until) break;
        advance(e.tick - state_.now);
        const auto& action = std::get<events::Action>(e.what);
        if (const auto* pose = std::get_if<events::ToolPose>(&action)) {
            pending_pose_ = *pose;
            pending_actor_ = e.actor;
        } else {
            Stepper(*this).act(action, e.actor);
        }
    }
}

Expected<Session> Session::resume(World world, const events::EventLog& log) {
    if (auto fault = foreign_log(world, log.header())) return tl::unexpected(std::move(*fault));
    Session session(world, options_of(log.header()));
    if (!log.events().empty()) {
        const Tick last = log.events().back().tick;
        session.run_actions(log.events(), last + 1);
        session.advance(std::max<Tick>(0, last - session.state_.now));
        const auto logged = std::count_if(log.events().begin(), log.events().end(), derived);
        const auto made = [&] {
            return std::count_if(session.log_.events().begin(), session.log_.events().end(), derived);
        };
        // Findings of the last tick can come from its actions or from its step; a pose is written when the
        // step begins.
        const bool stepped = made() < logged || session.pending_pose_.has_value();
        if (stepped) session.advance(1);
        if (made() < logged) {
            return fail(ErrorCode::Differs,
                        "simulating the log again gives other findings than it holds; it can be scored, "
                        "but not continued",
                        "log");
        }
        // A program killed in the middle of a tick leaves its last findings unwritten: they are added now.
        events::EventLog continued = log;
        std::ptrdiff_t skip = logged;
        for (const events::Event& e : session.log_.events()) {
            if (!derived(e)) continue;
            if (skip-- > 0) continue;
            continued.append(std::max(e.tick, last), e.actor, e.what);
        }
        session.log_ = std::move(continued);
    } else {
        session.log_ = log;
    }
    session.changed_ = true;
    return session;
}

bool Session::submit(const events::Action& action, const std::string& actor) {
    const events::Action a = events::quantised(action);
    if (const auto reason = would_accept(a)) {
        log_.append(state_.now, "simulator", events::Finding(events::Refused{*reason}));
        return false;
    }
    if (const auto* pose = std::get_if<events::ToolPose>(&a)) {
        pending_pose_ = *pose;
        pending_actor_ = actor;
    } else {
        Stepper(*this).act(a, actor);
        changed_ = true;
    }
    return true;
}

void Session::note(const events::Finding& finding, const std::string& actor) {
    log_.append(state_.now, actor, events::quantised(finding));
}

void Session::advance(Tick n) {
    for (Tick i = 0; i < n; ++i) {
        Stepper(*this).tick();
        if (state_.now % kSnapshotEvery == 0) snapshots_.push_back(state_);
    }
}

bool Session::take_changed() {
    const bool changed = changed_ || pending_pose_.has_value();
    changed_ = false;
    return changed;
}

Session Session::branch_at(Tick t) const {
    t = std::clamp<Tick>(t, 0, state_.now);
    Session child(world_, options_);
    const auto after = std::partition_point(snapshots_.begin(), snapshots_.end(),
                                            [&](const SimState& s) { return s.now <= t; });
    child.snapshots_.assign(snapshots_.begin(), after);
    child.state_ = child.snapshots_.back();
    child.run_actions(log_.events(), t);
    child.advance(t - child.state_.now);

    events::LogHeader header = log_.header();
    header.parent = log_.chain_head();
    header.parent_tick = t;
    child.log_ = events::EventLog(header);
    for (const events::Event& e : log_.events()) {
        if (e.tick >= t) break;
        child.log_.append(e.tick, e.actor, e.what);
    }
    return child;
}

} // namespace tb::session
