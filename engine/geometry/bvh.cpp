#include "geometry/bvh.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include <embree3/rtcore.h>

#include "base/check.h"
#include "geometry/triangle.h"

namespace tb::geometry {

/// One object's triangles; the memory belongs to the Embree geometry.
struct BvhObject {
    const float* positions = nullptr;
    const std::uint32_t* indices = nullptr;

    [[nodiscard]] std::array<std::uint32_t, 3> corners(std::uint32_t triangle) const {
        const std::uint32_t* i = indices + std::size_t{3} * triangle;
        return {i[0], i[1], i[2]};
    }
    [[nodiscard]] Vec3 position(std::uint32_t vertex) const {
        const float* p = positions + std::size_t{3} * vertex;
        return {p[0], p[1], p[2]};
    }
};

namespace {

/// Two hits of one object that are closer than this, on a ray that passes this close to the corner or edge
/// that their triangles share, are one crossing.
constexpr double kSameCrossing_mm = 1e-3;
constexpr int kAttempts = 4; ///< a ray whose answer is in doubt is asked again beside itself
constexpr double kAside_mm = 1e-3;
/// Embree works in float: at body coordinates (below 2 m) positions round by less than this.
constexpr double kFloatSlack_mm = 1e-3;
/// Below this cosine between ray and normal the plane equation is too unstable to refine Embree's distance.
constexpr double kGrazingCosine = 1e-3;

struct RawHit {
    std::uint32_t object, triangle;
    float t, b1, b2;
};

/// What Embree says of it: the triangle, and the distance within a float.
Hit unrefined(const RawHit& raw) {
    Hit hit;
    hit.object = raw.object;
    hit.triangle = raw.triangle;
    hit.distance = static_cast<double>(raw.t);
    hit.b1 = static_cast<double>(raw.b1);
    hit.b2 = static_cast<double>(raw.b2);
    return hit;
}

/// Embree hands this back to the filter; `base` must be first.
struct RayContext {
    RTCIntersectContext base;
    std::vector<Hit>* all = nullptr; // collect and go on, when set; not yet refined
    RawHit best{};                   // nearest so far otherwise
    bool found = false;
};

/// Collects every hit, or keeps the nearest with a tie rule, so that the answer does not depend on the tree's
/// layout.
void filter(const RTCFilterFunctionNArguments* args) {
    auto& context = *reinterpret_cast<RayContext*>(args->context);
    if (args->valid[0] == 0) return;
    const RawHit hit{RTCHitN_geomID(args->hit, args->N, 0), RTCHitN_primID(args->hit, args->N, 0),
                     RTCRayN_tfar(args->ray, args->N, 0), RTCHitN_u(args->hit, args->N, 0),
                     RTCHitN_v(args->hit, args->N, 0)};
    if (context.all != nullptr) {
        context.all->push_back(unrefined(hit));
        args->valid[0] = 0;
        return;
    }
    if (context.found && std::tie(context.best.t, context.best.object, context.best.triangle) <
                             std::tie(hit.t, hit.object, hit.triangle)) {
        args->valid[0] = 0;
        return;
    }
    context.best = hit;
    context.found = true;
}

struct NearestQuery {
    const std::vector<BvhObject>* objects;
    Vec3 p;
    Nearest best;
    bool found = false;
};

bool visit_triangle(RTCPointQueryFunctionArguments* args) {
    auto& query = *static_cast<NearestQuery*>(args->userPtr);
    const BvhObject& object = (*query.objects)[args->geomID];
    const auto [i, j, k] = object.corners(args->primID);
    const Vec3 q = nearest_on_triangle(query.p, object.position(i), object.position(j), object.position(k));
    const double distance = glm::length(q - query.p);
    const Nearest candidate{args->geomID, args->primID, distance, q};
    const auto key = [](const Nearest& n) { return std::make_tuple(n.distance, n.object, n.triangle); };
    if (key(candidate) >= key(query.best)) return false;
    query.best = candidate;
    query.found = true;
    // Slack: equally near triangles must all be seen, so that the tie rule decides and not the tree.
    const auto radius = static_cast<float>(distance + 2.0 * kFloatSlack_mm);
    if (radius >= args->query->radius) return false;
    args->query->radius = radius;
    return true;
}

} // namespace

struct Bvh::Impl {
    RTCDevice device = nullptr;
    RTCScene scene = nullptr;
    std::vector<BvhObject> objects;
    bool built = false;

    Impl() {
        device = rtcNewDevice(nullptr);
        TB_CHECK(device != nullptr);
        scene = rtcNewScene(device);
        rtcSetSceneFlags(scene, static_cast<RTCSceneFlags>(RTC_SCENE_FLAG_ROBUST |
                                                           RTC_SCENE_FLAG_CONTEXT_FILTER_FUNCTION));
        rtcSetSceneBuildQuality(scene, RTC_BUILD_QUALITY_LOW);
    }
    ~Impl() {
        rtcReleaseScene(scene);
        rtcReleaseDevice(device);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void trace(RayContext& context, const Vec3& origin, const Vec3& unit, double length) const {
        rtcInitIntersectContext(&context.base);
        context.base.filter = filter;
        RTCRayHit ray{};
        ray.ray.org_x = static_cast<float>(origin.x);
        ray.ray.org_y = static_cast<float>(origin.y);
        ray.ray.org_z = static_cast<float>(origin.z);
        ray.ray.dir_x = static_cast<float>(unit.x);
        ray.ray.dir_y = static_cast<float>(unit.y);
        ray.ray.dir_z = static_cast<float>(unit.z);
        ray.ray.tnear = 0.0F;
        ray.ray.tfar =
            static_cast<float>(std::min(length, static_cast<double>(std::numeric_limits<float>::max())));
        ray.ray.mask = 0xffffffffU;
        ray.hit.geomID = RTC_INVALID_GEOMETRY_ID;
        rtcIntersect1(scene, &context.base, &ray);
    }

    /// Distance, point and normal again in double: Embree only chose the triangle. `hit` holds what Embree
    /// said.
    void refine(Hit& hit, const Vec3& origin, const Vec3& unit) const {
        const BvhObject& object = objects[hit.object];
        const auto [i, j, k] = object.corners(hit.triangle);
        const Vec3 a = object.position(i);
        const Vec3 cross = glm::cross(object.position(j) - a, object.position(k) - a);
        const double length = glm::length(cross);
        hit.normal = length > 0.0 ? cross / length : -unit;
        const double slope = glm::dot(hit.normal, unit);
        hit.entering = slope < 0.0;
        if (std::abs(slope) > kGrazingCosine) {
            const double t = glm::dot(a - origin, hit.normal) / slope;
            // Near grazing a float rounding moves the plane's answer far; Embree's own stays on the triangle.
            if (std::abs(t - hit.distance) < kFloatSlack_mm / std::abs(slope)) hit.distance = t;
        }
        hit.distance = std::max(hit.distance, 0.0);
        hit.point = origin + hit.distance * unit;
    }

    /// Whether the ray goes through what two triangles of one object share. Triangles of a fold, one close
    /// behind the other, share a corner too, but the ray passes it by.
    [[nodiscard]] bool through_shared(const Hit& a, const Hit& b, const Vec3& unit) const {
        const BvhObject& object = objects[a.object];
        const auto ca = object.corners(a.triangle), cb = object.corners(b.triangle);
        std::array<Vec3, 3> shared; // across the ray, from where it hits
        std::size_t count = 0;
        for (const std::uint32_t c : ca) {
            if (std::find(cb.begin(), cb.end(), c) == cb.end()) continue;
            const Vec3 from_hit = object.position(c) - a.point;
            shared[count++] = from_hit - glm::dot(from_hit, unit) * unit;
        }
        if (count == 0) return false;
        return glm::length(nearest_on_triangle(Vec3(0.0), shared[0], shared[count / 2], shared[count - 1])) <
               kSameCrossing_mm;
    }

    /// Whether the ray goes in and out through one edge or corner: on the rim of a fold Embree may find two
    /// of the three triangles that are there, and nothing tells in from out. `hits` are sorted.
    [[nodiscard]] bool doubtful(const std::vector<Hit>& hits, const Vec3& unit) const {
        for (std::size_t i = 1; i < hits.size(); ++i)
            for (std::size_t j = i; j-- > 0 && hits[i].distance - hits[j].distance < kSameCrossing_mm;)
                if (hits[i].object == hits[j].object && hits[i].entering != hits[j].entering &&
                    through_shared(hits[j], hits[i], unit))
                    return true;
        return false;
    }

    /// Drops the repeats of a crossing that went through a shared edge or corner. `hits` are sorted.
    void merge_repeats(std::vector<Hit>& hits, const Vec3& unit) const {
        std::size_t kept = 0;
        for (const Hit& hit : hits) {
            bool repeat = false;
            for (std::size_t i = kept;
                 i-- > 0 && hit.distance - hits[i].distance < kSameCrossing_mm && !repeat;) {
                repeat = hits[i].object == hit.object && hits[i].entering == hit.entering &&
                         through_shared(hits[i], hit, unit);
            }
            if (!repeat) hits[kept++] = hit;
        }
        hits.resize(kept);
    }
};

Bvh::Bvh() : impl_(std::make_unique<Impl>()) {}
Bvh::~Bvh() = default;
Bvh::Bvh(Bvh&&) noexcept = default;
Bvh& Bvh::operator=(Bvh&&) noexcept = default;

std::uint32_t Bvh::add(const Mesh& mesh) {
    TB_CHECK(!impl_->built);
    TB_CHECK(std::all_of(mesh.indices.begin(), mesh.indices.end(),
                         [&](std::uint32_t i) { return i < mesh.positions.size(); }));
    const auto number = static_cast<std::uint32_t>(impl_->objects.size());
    BvhObject object;
    if (mesh.triangle_count() > 0) {
        RTCGeometry geometry = rtcNewGeometry(impl_->device, RTC_GEOMETRY_TYPE_TRIANGLE);
        auto* positions = static_cast<float*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0,
                                                                      RTC_FORMAT_FLOAT3, 3 * sizeof(float),
                                                                      mesh.positions.size()));
        auto* indices = static_cast<std::uint32_t*>(
            rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                    3 * sizeof(std::uint32_t), mesh.triangle_count()));
        TB_CHECK(positions != nullptr && indices != nullptr);
        for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
            positions[3 * i] = mesh.positions[i].x;
            positions[3 * i + 1] = mesh.positions[i].y;
            positions[3 * i + 2] = mesh.positions[i].z;
        }
        std::copy_n(mesh.indices.begin(), 3 * mesh.triangle_count(), indices);
        rtcSetGeometryBuildQuality(geometry, RTC_BUILD_QUALITY_LOW);
        rtcCommitGeometry(geometry);
        rtcAttachGeometryByID(impl_->scene, geometry, number);
        rtcReleaseGeometry(geometry); // the scene keeps it
        object.positions = positions;
        object.indices = indices;
    }
    impl_->objects.push_back(object);
    return number;
}

void Bvh::build() {
    TB_CHECK(!impl_->built);
    rtcCommitScene(impl_->scene);
    impl_->built = true;
}

std::uint32_t Bvh::object_count() const {
    return static_cast<std::uint32_t>(impl_->objects.size());
}

std::optional<Hit> Bvh::first_hit(const Vec3& origin, const Vec3& direction, double max_distance) const {
    TB_CHECK(impl_->built);
    const double length = glm::length(direction);
    if (!(length > 0.0) || !(max_distance > 0.0)) return std::nullopt;
    const Vec3 unit = direction / length;
    RayContext context{};
    impl_->trace(context, origin, unit, max_distance);
    if (!context.found) return std::nullopt;
    Hit hit = unrefined(context.best);
    impl_->refine(hit, origin, unit);
    return hit;
}

std::vector<Hit> Bvh::all_hits(const Vec3& a, const Vec3& b) const {
    std::vector<Hit> hits;
    all_hits(a, b, hits);
    return hits;
}

void Bvh::all_hits(const Vec3& a, const Vec3& b, std::vector<Hit>& hits) const {
    TB_CHECK(impl_->built);
    hits.clear();
    const double length = glm::length(b - a);
    if (!(length > 0.0)) return;
    const Vec3 unit = (b - a) / length;
    const Tangents aside = tangents_of(unit);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const Vec3 origin = a + kAside_mm * attempt * (aside.e1 + (attempt % 2 == 0 ? 1.0 : -2.0) * aside.e2);
        hits.clear();
        RayContext context{};
        context.all = &hits;
        impl_->trace(context, origin, unit, length);
        for (Hit& hit : hits)
            impl_->refine(hit, origin, unit);
        std::sort(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) {
            return std::tie(x.distance, x.object, x.triangle) < std::tie(y.distance, y.object, y.triangle);
        });
        impl_->merge_repeats(hits, unit);
        if (!impl_->doubtful(hits, unit)) return;
    }
}

std::optional<Nearest> Bvh::nearest(const Vec3& p, double max_distance) const {
    TB_CHECK(impl_->built);
    if (!(max_distance >= 0.0)) return std::nullopt;
    NearestQuery query{&impl_->objects, p, {}, false};
    query.best.distance = std::nextafter(max_distance, std::numeric_limits<double>::max());
    RTCPointQuery point{};
    point.x = static_cast<float>(p.x);
    point.y = static_cast<float>(p.y);
    point.z = static_cast<float>(p.z);
    point.radius = static_cast<float>(std::min(max_distance + kFloatSlack_mm, 1e30));
    RTCPointQueryContext context;
    rtcInitPointQueryContext(&context);
    rtcPointQuery(impl_->scene, &point, &context, visit_triangle, &query);
    if (!query.found) return std::nullopt;
    return query.best;
}

} // namespace tb::geometry
