// A block of tissue in flat layers as a body of its own, so that the kernels can be run as they run on a
// patient and the answer compared with a bench: skin of 2 mm, fat, one muscle, bone or lung. Millimetres.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "anatomy/queries.h"
#include "tissue/needle.h"

namespace tb::validation {

/// A straight vessel along the fibres.
struct BlockVessel {
    StructureKind kind = StructureKind::Artery;
    double across_mm = 0.0; ///< beside the middle, across the fibres
    double depth_mm = 10.0; ///< of its axis, below the skin
    double radius_mm = 2.5;
};

struct BlockSpec {
    double fat_mm = 4.0;
    double muscle_mm = 28.0;
    /// A trigger point in the middle of the muscle, on both sides; nothing: plain muscle.
    std::optional<anatomy::PointState> point;
    StructureKind floor = StructureKind::Bone; ///< bone or pleura
    double floor_gap_mm = 1.0;                 ///< loose tissue between the muscle and it
    std::vector<BlockVessel> vessels{};
};

class Block {
public:
    explicit Block(const BlockSpec& spec);
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    [[nodiscard]] const anatomy::Body& body() const { return *body_; }
    /// Skin over the middle of the right muscle, and the outward normal there.
    [[nodiscard]] geometry::Vec3 surface() const;
    [[nodiscard]] geometry::Vec3 outward() const { return {0.0, 0.0, 1.0}; }
    /// Depth of the muscle's upper face below the skin.
    [[nodiscard]] double muscle_top_mm() const { return muscle_top_mm_; }
    /// Depth of bone or pleura below the skin.
    [[nodiscard]] double floor_mm() const { return floor_mm_; }
    [[nodiscard]] double skin_mm() const;

private:
    double muscle_top_mm_ = 0.0, floor_mm_ = 0.0;
    std::unique_ptr<const anatomy::Atlas> atlas_; // the body keeps a reference to it
    std::optional<anatomy::Body> body_;
};

/// One straight push of a needle into the block at constant speed, and what the hand felt.
struct Push {
    double speed_mm_s = 5.0;
    double to_mm = 17.0;     ///< wished tip below the skin along the needle, from 2 mm above it
    double angle_deg = 90.0; ///< to the skin
    double along_mm = 0.0;   ///< entry beside the middle, along the fibres
};
struct Felt {
    double way_mm = 0.0;   ///< of the wished tip, 0 at the skin, along the needle
    double depth_mm = 0.0; ///< of the tip
    double force_N = 0.0;
};
/// Steps of 1/960 s; goes on with `state` and `needle`. A `to_mm` behind the tip draws the needle back.
std::vector<Felt> push(const tissue::Parameters& parameters, const Block& block, const Push& wish,
                       tissue::NeedleBody& needle, tissue::NeedleState& state);
/// Highest force of a trace between two ways.
double peak_N(const std::vector<Felt>& trace, double from_mm, double to_mm);

} // namespace tb::validation
