#include "forge/make_room.h"

#include <algorithm>
#include <map>

#include "anatomy/solids.h"
#include "forge/parallel.h"
#include "geometry/bvh.h"

namespace tb::forge {

namespace {

using anatomy::Stretch;
using geometry::Bvh;
using geometry::Lattice;
using geometry::Vec3;

constexpr int kRounds = 8;
constexpr double kBeside_mm = 15.0; ///< along a muscle's normal: how far its neighbours are looked for
constexpr double kMost_mm = 4.0;    ///< a node moves no further in one round
constexpr double kLeast_mm = 0.2;   ///< less is not worth a step

/// A line square to a muscle through one of its nodes, as distances from kBeside_mm under the muscle.
struct Column {
    double bottom = 0.0, top = 0.0;
    std::vector<Stretch> others; ///< of other muscles and of bones

    [[nodiscard]] bool over(const Stretch& s) const { return bottom + top > s.enter + s.leave; }
    /// One holds the other altogether: which lies over which is not to be seen here.
    [[nodiscard]] bool nested(const Stretch& s) const {
        return (s.enter <= bottom && s.leave >= top) || (s.enter >= bottom && s.leave <= top);
    }
};

class Room {
public:
    Room(std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton) : muscles_(muscles) {
        for (std::size_t i = 0; i < muscles.size(); ++i)
            if (muscles[i].structure.kind == StructureKind::Muscle) solid_.push_back(i);
        for (const Built& bone : skeleton)
            bones_.push_back(&bone.lods[std::min<std::size_t>(1, bone.lods.size() - 1)]);
    }

    void round() {
        bvh_ = Bvh();
        for (const geometry::Mesh* bone : bones_)
            bvh_.add(*bone);
        std::vector<geometry::Mesh> meshes(solid_.size());
        for_each_index(solid_.size(),
                       [&](std::size_t s) { meshes[s] = mesh_of(muscles_[solid_[s]].structure); });
        for (const geometry::Mesh& mesh : meshes)
            bvh_.add(mesh);
        bvh_.build();
        std::vector<std::vector<Lattice>> moved(solid_.size());
        for_each_index(solid_.size(), [&](std::size_t s) { moved[s] = given_way(s); });
        for (std::size_t s = 0; s < solid_.size(); ++s)
            for (std::size_t p = 0; p < moved[s].size(); ++p)
                muscles_[solid_[s]].structure.parts[p].lattice = std::move(moved[s][p]);
    }

private:
    [[nodiscard]] bool is_bone(std::uint32_t object) const { return object < bones_.size(); }

    [[nodiscard]] Column column(const Lattice& lattice, int i, int j, std::size_t self) const {
        const double u = static_cast<double>(i) / (lattice.nu() - 1);
        // The outermost nodes are edges without thickness; the solid beside them decides.
        const double v = std::clamp(static_cast<double>(j) / (lattice.nv() - 1), 0.08, 0.92);
        const Vec3 deep = lattice.position({u, v, -1.0}), above = lattice.position({u, v, 1.0});
        const Vec3 outward = lattice.normal(u, v);
        Column out;
        out.bottom = kBeside_mm;
        out.top = kBeside_mm + glm::length(above - deep);
        const std::vector<geometry::Hit> hits =
            bvh_.all_hits(deep - kBeside_mm * outward, above + kBeside_mm * outward);
        for (const Stretch& stretch : anatomy::stretches(hits, out.top + kBeside_mm))
            if (stretch.object != self) out.others.push_back(stretch);
        return out;
    }

    /// > 0 where the muscle lies over an object for the most part.
    static std::map<std::uint32_t, int> order(const std::vector<Column>& columns) {
        std::map<std::uint32_t, int> over;
        for (const Column& c : columns)
            for (const Stretch& s : c.others)
                if (!c.nested(s)) over[s.object] += c.over(s) ? 1 : -1;
        return over;
    }

    /// How far a column must move along its normal to give way.
    [[nodiscard]] double way(const Column& c, const std::map<std::uint32_t, int>& over) const {
        double up = 0.0, down = 0.0;
        for (const Stretch& s : c.others) {
            if (std::min(c.top, s.leave) - std::max(c.bottom, s.enter) < kLeast_mm) continue;
            bool above = c.over(s);
            if (c.nested(s))
                if (const auto known = over.find(s.object); known != over.end() && known->second != 0)
                    above = known->second > 0;
            const double share = is_bone(s.object) ? 1.0 : 0.5;
            if (above)
                up = std::max(up, share * (s.leave - c.bottom));
            else
                down = std::max(down, share * (c.top - s.enter));
        }
        return std::clamp(up - down, -kMost_mm, kMost_mm);
    }

    [[nodiscard]] std::vector<Lattice> given_way(std::size_t s) const {
        const anatomy::Structure& muscle = muscles_[solid_[s]].structure;
        const auto self = static_cast<std::uint32_t>(bones_.size() + s);
        std::vector<Column> columns;
        for (const anatomy::MusclePart& part : muscle.parts)
            for (int i = 0; i < part.lattice.nu(); ++i)
                for (int j = 0; j < part.lattice.nv(); ++j)
                    columns.push_back(column(part.lattice, i, j, self));
        const std::map<std::uint32_t, int> over = order(columns);
        std::vector<Lattice> out;
        auto next = columns.cbegin();
        for (const anatomy::MusclePart& part : muscle.parts) {
            std::vector<double> shift(part.lattice.points().size());
            for (double& mm : shift)
                mm = way(*next++, over);
            smooth(shift, part.lattice.nu(), part.lattice.nv(), 1);
            out.push_back(shifted(part.lattice, shift));
        }
        return out;
    }

    std::vector<MuscleFigure>& muscles_;
    std::vector<std::size_t> solid_; ///< muscles, not fasciae: indices into muscles_
    std::vector<const geometry::Mesh*> bones_;
    Bvh bvh_; ///< bones, then solid_
};

} // namespace

std::vector<Moved> make_room(std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton) {
    std::vector<Moved> moved;
    for (const MuscleFigure& muscle : muscles)
        for (const anatomy::MusclePart& part : muscle.structure.parts)
            for (const Vec3& p : part.lattice.points())
                moved.push_back({p, Vec3(0.0)});
    Room room(muscles, skeleton);
    for (int round = 0; round < kRounds; ++round)
        room.round();
    std::size_t n = 0;
    for (const MuscleFigure& muscle : muscles)
        for (const anatomy::MusclePart& part : muscle.structure.parts)
            for (const Vec3& p : part.lattice.points()) {
                moved[n].by = p - moved[n].from;
                ++n;
            }
    return moved;
}

} // namespace tb::forge
