// The ultrasound picture of phantoms: blocks of tissue of which one knows what must be seen.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "support/small_body.h"
#include "tissue/echo.h"

namespace tb::tissue {
namespace {

using geometry::Vec3;
using test::at_depth;
using test::box_mesh;
using test::mechanics;
using test::tube_mesh;

/// A block 300 x 200 mm under a flat skin at z = kFront, with what a test puts into it.
class Phantom {
public:
    struct Part {
        std::string id;
        StructureKind kind;
        geometry::Mesh mesh;
    };
    explicit Phantom(std::vector<Part> parts)
        : atlas_(make_atlas(std::move(parts))), body_(std::move(*anatomy::Body::create(atlas_, spec(), 1))) {}
    Phantom(const Phantom&) = delete;
    Phantom& operator=(const Phantom&) = delete;
    [[nodiscard]] const anatomy::Body& body() const { return body_; }

    /// Fills everything below a depth.
    static Part slab(const std::string& id, StructureKind kind, double top, double bottom) {
        return {id, kind, box_mesh({-90, -90, test::kFront - bottom}, {90, 90, test::kFront - top})};
    }

private:
    static anatomy::BodySpec spec() {
        anatomy::BodySpec s;
        s.scatter_mm = 0.0;
        return s;
    }
    static anatomy::Atlas make_atlas(std::vector<Part> parts) {
        anatomy::Catalogue catalogue;
        catalogue.content_hash = "phantom";
        std::vector<std::vector<geometry::Mesh>> meshes;
        const auto add = [&](const std::string& id, StructureKind kind, geometry::Mesh mesh) {
            anatomy::Structure s;
            s.id = s.name = id;
            s.kind = kind;
            s.region = "test";
            catalogue.structures.push_back(std::move(s));
            meshes.push_back({std::move(mesh)});
        };
        add("skin", StructureKind::Skin, box_mesh({-150, -100, -100}, {150, 100, test::kFront}));
        for (Part& p : parts)
            add(p.id, p.kind, std::move(p.mesh));
        return {std::move(catalogue), std::move(meshes), {}};
    }
    anatomy::Atlas atlas_;
    anatomy::Body body_;
};

/// The probe lies on the front skin, its long axis along x, and only rests.
ProbePose resting_probe() {
    ProbePose p;
    p.centre = at_depth(0, 0, 0);
    p.lateral = {1.0, 0.0, 0.0};
    p.press_N = 0.0;
    return p;
}
/// No fibres and no texture: only scatterers.
const Parameters& even_muscle() {
    static const Parameters kEven = [] {
        Parameters p = mechanics();
        p.echo.fascia_dB = 0.0;
        return p;
    }();
    return kEven;
}

EchoScene scene_of(const Phantom& phantom, double depth_mm = 40.0) {
    EchoScene s;
    s.body = &phantom.body();
    s.probe = resting_probe();
    s.settings.depth_mm = depth_mm;
    return s;
}

struct Window {
    double left_mm, right_mm, top_mm, bottom_mm;
};
/// Every sample of a window of the picture.
std::vector<double> samples(const EchoPicture& p, const Window& w,
                            const std::function<double(std::size_t)>& of) {
    std::vector<double> out;
    for (int l = 0; l < p.lines; ++l) {
        const double x = (l + 0.5) * p.mm_per_line() - 0.5 * p.width_mm;
        if (x < w.left_mm || x > w.right_mm) continue;
        for (int s = 0; s < p.samples; ++s) {
            const double z = (s + 0.5) * p.mm_per_sample();
            if (z >= w.top_mm && z <= w.bottom_mm) out.push_back(of(p.at(l, s)));
        }
    }
    return out;
}
double mean(const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
}
double deviation(const std::vector<double>& v) {
    const double m = mean(v);
    double sum = 0.0;
    for (const double x : v)
        sum += (x - m) * (x - m);
    return std::sqrt(sum / static_cast<double>(v.size()));
}
double mean_grey(const EchoPicture& p, const Window& w) {
    return mean(samples(p, w, [&](std::size_t i) { return static_cast<double>(p.grey[i]); }));
}
double mean_dB(const EchoPicture& p, const Window& w) {
    return 20.0 *
           std::log10(mean(samples(p, w, [&](std::size_t i) { return static_cast<double>(p.envelope[i]); })));
}
double brightest_dB(const EchoPicture& p, const Window& w) {
    const auto v = samples(p, w, [&](std::size_t i) { return static_cast<double>(p.envelope[i]); });
    return 20.0 * std::log10(*std::max_element(v.begin(), v.end()));
}
double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double ma = mean(a), mb = mean(b);
    double ab = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - ma) * (b[i] - mb);
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
    }
    return ab / std::sqrt(aa * bb);
}
/// Shift in mm, to the right, at which the second picture's rows look most like the first's.
double best_shift_mm(const EchoPicture& a, const EchoPicture& b, double top_mm, double bottom_mm) {
    constexpr int kMost = 40;
    double best = -2.0, at = 0.0;
    for (int shift = -kMost; shift <= kMost; ++shift) {
        std::vector<double> x, y;
        for (int l = kMost; l < a.lines - kMost; ++l) {
            for (int s = 0; s < a.samples; ++s) {
                const double z = (s + 0.5) * a.mm_per_sample();
                if (z < top_mm || z > bottom_mm) continue;
                x.push_back(static_cast<double>(a.grey[a.at(l, s)]));
                y.push_back(static_cast<double>(b.grey[b.at(l + shift, s)]));
            }
        }
        const double r = correlation(x, y);
        if (r > best) {
            best = r;
            at = shift * a.mm_per_line();
        }
    }
    return at;
}
EchoPicture picture_of(const Parameters& parameters, const EchoScene& scene) {
    EchoScanner scanner(parameters);
    return scanner.scan(scene);
}
double thickness_of(const EchoScanner& scanner, StructureKind kind, double lateral_mm = 0.0) {
    for (const EchoLayer& l : scanner.layers_at(lateral_mm)) {
        if (l.kind == kind) return l.bottom_mm - l.top_mm;
    }
    return 0.0;
}

TEST(Echo, SpeckleOfEvenTissueIsRayleigh) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 3.0, 80.0)});
    const EchoPicture p = picture_of(even_muscle(), scene_of(phantom, 30.0));
    const Window even{-18, 18, 6, 20};
    const auto envelope = samples(p, even, [&](std::size_t i) { return static_cast<double>(p.envelope[i]); });
    ASSERT_GE(envelope.size(), 10000U);
    const double published = mechanics().echo.speckle_snr; // 1.91
    EXPECT_NEAR(mean(envelope) / deviation(envelope), published, 0.1);
    const auto dB = samples(
        p, even, [&](std::size_t i) { return 20.0 * std::log10(static_cast<double>(p.envelope[i])); });
    EXPECT_NEAR(deviation(dB), 5.57, 0.3); // of a Rayleigh distribution after the logarithm
}

TEST(Echo, BoneThrowsAShadow) {
    const Phantom phantom({{"muscle", StructureKind::Muscle, box_mesh({-90, -90, 20}, {90, 90, 96})},
                           {"bone", StructureKind::Bone, box_mesh({-90, -90, 60}, {0, 90, 80})}});
    const EchoPicture p = picture_of(mechanics(), scene_of(phantom));
    const double above = mean_dB(p, {-18, -2, 8, 17}), below = mean_dB(p, {-18, -2, 24, 33});
    EXPECT_LT(below, above - 20.0);
    EXPECT_LT(below, mean_dB(p, {2, 18, 24, 33}) - 15.0); // beside the bone nothing is in the shade
    EXPECT_GT(brightest_dB(p, {-18, -2, 19, 21}), above + 15.0);
}

TEST(Echo, VeinClosesUnderTheProbeAndArteryStaysOpen) {
    const Phantom phantom({{"muscle", StructureKind::Muscle, box_mesh({-90, -90, 20}, {90, 90, 96})},
                           {"vein", StructureKind::Vein, tube_mesh(-8, test::kFront - 10, 2.5, -60, 60)},
                           {"artery", StructureKind::Artery, tube_mesh(8, test::kFront - 10, 2.5, -60, 60)}});
    EchoScanner scanner(mechanics());
    EchoScene scene = scene_of(phantom);
    double before = 1e9;
    for (const double force_N : {0.0, 0.5, 1.0, 1.5}) {
        scene.probe.press_N = force_N;
        scanner.scan(scene);
        const double now = thickness_of(scanner, StructureKind::Vein, -8.0);
        EXPECT_LT(now, before) << force_N;
        before = now;
    }
    scene.probe.press_N = 5.0; // U07: vein closed, artery open
    scanner.scan(scene);
    EXPECT_EQ(thickness_of(scanner, StructureKind::Vein, -8.0), 0.0);
    EXPECT_GT(thickness_of(scanner, StructureKind::Artery, 8.0), 3.0);
}

TEST(Echo, ArteryPulsesAndIsBlack) {
    const Phantom phantom({{"muscle", StructureKind::Muscle, box_mesh({-90, -90, 20}, {90, 90, 96})},
                           {"artery", StructureKind::Artery, tube_mesh(0, test::kFront - 12, 3.0, -60, 60)}});
    EchoScanner scanner(mechanics());
    EchoScene scene = scene_of(phantom, 30.0);
    double least = 1e9, most = 0.0;
    for (int i = 0; i < 20; ++i) {
        scene.time_s = i / 20.0 / mechanics().echo.pulse_hz;
        const EchoPicture& p = scanner.scan(scene);
        const double d = thickness_of(scanner, StructureKind::Artery);
        least = std::min(least, d);
        most = std::max(most, d);
        EXPECT_LT(mean_dB(p, {-1, 1, 11, 13}), mean_dB(p, {-15, -8, 10, 14}) - 12.0);
    }
    EXPECT_NEAR(least, 6.0, 0.3);
    EXPECT_NEAR(most / least, 1.0 + mechanics().echo.artery_pulse, 0.03);
}

TEST(Echo, LungSlidesWithTheBreathAndTheChestWallDoesNot) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 4.0, 15.0),
                           Phantom::slab("pleura", StructureKind::Pleura, 15.0, 90.0)});
    EchoScanner scanner(mechanics());
    EchoScene scene = scene_of(phantom);
    scene.probe.lateral = {0.0, -1.0, 0.0}; // along the body: the lung slides in the plane
    const EchoPicture out = scanner.scan(scene);
    scene.time_s = 0.25 / mechanics().echo.breath_hz; // the middle of a breath to its end
    const EchoPicture in = scanner.scan(scene);
    const double half = 0.5 * mechanics().echo.lung_slide_mm;
    EXPECT_NEAR(std::abs(best_shift_mm(out, in, 16.0, 22.0)), half, 0.35);
    EXPECT_NEAR(best_shift_mm(out, in, 6.0, 13.0), 0.0, 0.2);
}

TEST(Echo, PleuralLineRepeatsAtEqualSteps) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 4.0, 12.0),
                           Phantom::slab("pleura", StructureKind::Pleura, 12.0, 90.0)});
    const EchoPicture p = picture_of(mechanics(), scene_of(phantom, 45.0));
    const auto row_dB = [&](double z) { return mean_dB(p, {-18, 18, z - 0.2, z + 0.2}); };
    for (const int k : {2, 3}) { // U04: k-th line at k times skin to pleura, within 0.5 mm
        double brightest = -1e9, at = 0.0;
        for (double z = 12.0 * k - 4.0; z <= 12.0 * k + 4.0; z += 0.1) {
            if (row_dB(z) > brightest) {
                brightest = row_dB(z);
                at = z;
            }
        }
        EXPECT_NEAR(at, 12.0 * k, 0.5) << k;
        EXPECT_GT(brightest, row_dB(12.0 * k - 4.0) + 4.0) << k;
    }
}

/// A 22 G needle through (0, 0) at 15 mm depth, in the plane, at this angle to the face.
NeedleInView needle_at(double angle_deg, double elevation_mm = 0.0) {
    const double a = angle_deg * 3.14159265358979 / 180.0;
    const Vec3 along(std::cos(a), 0.0, -std::sin(a));
    const Vec3 middle = at_depth(0.0, elevation_mm, 15.0);
    return {middle - 10.0 * along, middle + 10.0 * along, 0.7176, 0.413};
}

TEST(Echo, NeedleFadesEvenlyWithItsAngle) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 3.0, 80.0)});
    EchoScanner scanner(even_muscle());
    std::vector<double> angles, greys;
    for (const double angle : {0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0}) {
        EchoScene scene = scene_of(phantom);
        const NeedleInView needle = needle_at(angle);
        scene.needles = {&needle, 1};
        const EchoPicture& p = scanner.scan(scene);
        // The brightest of each line around the middle of the shaft, well away from the tip.
        double sum = 0.0;
        int lines = 0;
        for (int l = p.lines / 2 - 6; l <= p.lines / 2 + 6; ++l) {
            const double x = (l + 0.5) * p.mm_per_line() - 0.5 * p.width_mm;
            const double z = 15.0 + x * std::tan(angle * 3.14159265358979 / 180.0);
            double most = 0.0;
            for (int s = 0; s < p.samples; ++s) {
                if (std::abs((s + 0.5) * p.mm_per_sample() - z) < 0.8)
                    most = std::max(most, static_cast<double>(p.grey[p.at(l, s)]));
            }
            sum += most;
            ++lines;
        }
        angles.push_back(angle);
        greys.push_back(sum / lines);
    }
    EXPECT_EQ(*std::max_element(greys.begin(), greys.end()), greys.front());
    EXPECT_LT(correlation(angles, greys), -0.95); // U06, linear decline [schafhalter2004]
    EXPECT_GT(greys.front(), greys.back() + 60.0);
}

TEST(Echo, LumenEchoesFollowTheNeedle) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 3.0, 80.0)});
    EchoScene scene = scene_of(phantom, 25.0);
    const EchoPicture plain = picture_of(even_muscle(), scene);
    const NeedleInView needle = needle_at(0.0);
    scene.needles = {&needle, 1};
    const EchoPicture p = picture_of(even_muscle(), scene);
    const double row = mechanics().echo.needle_reverb_22G_mm;
    EXPECT_GT(mean_dB(p, {-8, 8, 15.0 + row - 0.1, 15.0 + row + 0.1}),
              mean_dB(plain, {-8, 8, 15.0 + row - 0.1, 15.0 + row + 0.1}) + 10.0);
    EXPECT_NEAR(mean_dB(p, {-8, 8, 13.0, 14.2}), mean_dB(plain, {-8, 8, 13.0, 14.2}), 0.5); // none above it
}

TEST(Echo, NeedleBesideTheSliceIsNotSeen) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 3.0, 80.0)});
    EchoScene scene = scene_of(phantom);
    const EchoPicture without = picture_of(mechanics(), scene);
    const NeedleInView in = needle_at(20.0), beside = needle_at(20.0, 4.0);
    scene.needles = {&beside, 1};
    EXPECT_EQ(picture_of(mechanics(), scene).grey, without.grey);
    scene.needles = {&in, 1};
    EXPECT_NE(picture_of(mechanics(), scene).grey, without.grey);
    // Across the plane only a spot shows.
    const NeedleInView across{at_depth(0, 12, 8), at_depth(0, -12, 20), 0.7176, 0.413};
    scene.needles = {&across, 1};
    const EchoPicture spot = picture_of(mechanics(), scene);
    int changed = 0;
    for (int l = 0; l < spot.lines; ++l) {
        bool any = false;
        for (int s = 0; s < spot.samples; ++s)
            any = any || spot.grey[spot.at(l, s)] > without.grey[spot.at(l, s)] + 40;
        changed += any ? 1 : 0;
    }
    EXPECT_GT(changed, 0);
    EXPECT_LT(changed * spot.mm_per_line(), 3.0);
}

TEST(Echo, SixDecibelsDoubleTheAmplitude) {
    const test::SmallBody small;
    EchoScene scene;
    scene.body = &small.body();
    scene.probe.centre = at_depth(test::kMiddle, 0, 0);
    const EchoPicture plain = picture_of(mechanics(), scene);
    scene.settings.gain_dB = 20.0 * std::log10(2.0);
    const EchoPicture more = picture_of(mechanics(), scene);
    for (std::size_t i = 0; i < plain.envelope.size(); i += 97)
        EXPECT_NEAR(more.envelope[i], 2.0f * plain.envelope[i], 1e-4f * plain.envelope[i]);
    EXPECT_GT(mean_grey(more, {-18, 18, 5, 20}), mean_grey(plain, {-18, 18, 5, 20}) + 15.0);
}

TEST(Echo, SameInputSamePicture) {
    const test::SmallBody small;
    EchoScene scene;
    scene.body = &small.body();
    scene.probe.centre = at_depth(test::kMiddle, 0, 0);
    scene.time_s = 1.25;
    EchoScanner scanner(mechanics());
    const EchoPicture first = scanner.scan(scene);
    EchoScene other = scene;
    other.probe.centre.x += 3.0;
    other.settings.depth_mm = 30.0;
    scanner.scan(other); // what was drawn between leaves no trace
    EXPECT_EQ(scanner.scan(scene).grey, first.grey);
    EXPECT_EQ(picture_of(mechanics(), scene).grey, first.grey);
}

TEST(Echo, SpeckleStaysWithTheTissue) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 3.0, 80.0)});
    EchoScene scene = scene_of(phantom);
    const EchoPicture here = picture_of(mechanics(), scene);
    scene.probe.centre += 3.0 * scene.probe.lateral;
    const EchoPicture there = picture_of(mechanics(), scene);
    // The probe goes to the right, the tissue in its picture to the left.
    EXPECT_NEAR(best_shift_mm(here, there, 6.0, 25.0), -3.0, 0.2);
}

TEST(Echo, LevelsComeInThePublishedOrder) {
    // U02: needle parallel to the face > bone > fascia > muscle > trigger point > blood.
    const EchoTable& t = mechanics().echo;
    EXPECT_GT(t.needle_dB, t.bone_dB);
    EXPECT_GT(t.bone_dB, t.muscle_dB + t.fascia_dB);
    EXPECT_GT(t.muscle_dB + t.fascia_dB, t.muscle_dB);
    EXPECT_LT(t.nodule_dB, 0.0);
    EXPECT_LT(t.blood_dB, t.muscle_dB + t.nodule_dB);
    // U01: there and back through 20 mm of muscle at 10 MHz.
    EXPECT_NEAR(2.0 * t.attenuation_dB_cm_MHz(Acoustic::Muscle) * 10.0 * 2.0, 38.4, 1.92);
    // U03: reflection from muscle to bone and to air.
    const double muscle = t.acoustic[static_cast<std::size_t>(Acoustic::Muscle)].impedance_MRayl;
    const double bone = t.acoustic[static_cast<std::size_t>(Acoustic::Bone)].impedance_MRayl;
    const double air = t.acoustic[static_cast<std::size_t>(Acoustic::Air)].impedance_MRayl;
    EXPECT_NEAR(20.0 * std::log10((bone - muscle) / (bone + muscle)), t.bone_dB, 0.7);
    EXPECT_NEAR(20.0 * std::log10((muscle - air) / (muscle + air)), t.pleura_dB, 0.7);
}

TEST(Echo, NoduleIsDarkerThanTheMuscleBesideIt) {
    const test::SmallBody small;
    EchoScene scene;
    scene.body = &small.body();
    scene.probe.centre = at_depth(test::kMiddle, 0, 0);
    scene.probe.press_N = 0.0;
    scene.settings.depth_mm = 25.0;
    const EchoPicture p = picture_of(even_muscle(), scene);
    EXPECT_LT(mean_dB(p, {-2, 2, 13, 17}), mean_dB(p, {8, 16, 13, 17}) - 1.0);
}

TEST(Echo, ForceThinsTheFat) {
    const test::SmallBody small;
    EchoScene scene;
    scene.body = &small.body();
    scene.probe.centre = at_depth(test::kMiddle, 0, 0);
    EchoScanner scanner(mechanics());
    const auto top = [&](double force_N) {
        scene.probe.press_N = force_N;
        scanner.scan(scene);
        for (const EchoLayer& l : scanner.layers_at(0.0)) {
            if (l.kind == StructureKind::Muscle) return l.top_mm;
        }
        return 0.0;
    };
    EXPECT_NEAR(top(0.0), 10.0, 0.3);
    EXPECT_LT(top(10.0), 8.5);
    EXPECT_GT(top(10.0), 4.0);
}

TEST(Echo, WithoutContactThereIsNoPicture) {
    const Phantom phantom({Phantom::slab("muscle", StructureKind::Muscle, 3.0, 80.0)});
    EchoScene scene = scene_of(phantom);
    scene.probe.centre = {150.0, 0.0, test::kFront}; // half of the face hangs over the edge
    scene.probe.lateral = {1.0, 0.0, 0.0};
    const EchoPicture p = picture_of(mechanics(), scene);
    EXPECT_GT(mean_grey(p, {-18, -4, 5, 15}), mean_grey(p, {4, 18, 5, 15}) + 40.0);
}

TEST(Probe, PlacingAndSlice) {
    const test::SmallBody small;
    const ProbePose flat = place_probe(small.body(), at_depth(-60, 0, -5), {0.0, -1.0, -0.5}, {});
    EXPECT_NEAR(flat.centre.z, test::kFront, 1e-6);
    EXPECT_NEAR(glm::dot(flat.inward, Vec3(0, 0, -1)), 1.0, 1e-6);
    EXPECT_NEAR(glm::dot(flat.lateral, Vec3(0, -1, 0)), 1.0, 1e-6);
    const ProbePose tilted =
        place_probe(small.body(), at_depth(-60, 0, 0), {0.0, -1.0, 0.0}, {0.0, 20.0, 0.0});
    EXPECT_NEAR(geometry::angle_deg(tilted.inward, flat.inward), 20.0, 1e-6);
    EXPECT_NEAR(glm::dot(tilted.lateral, flat.lateral), 1.0, 1e-6);
    const ProbePose rocked =
        place_probe(small.body(), at_depth(-60, 0, 0), {0.0, -1.0, 0.0}, {0.0, 0.0, 10.0});
    EXPECT_LT(rocked.lateral.z, -0.1); // the end without the mark goes deeper
    EXPECT_NEAR(glm::dot(rocked.lateral, rocked.inward), 0.0, 1e-9);

    const EchoTable& t = mechanics().echo;
    EXPECT_TRUE(in_slice(t, flat, 40.0, at_depth(-60, 10, 20)));
    EXPECT_FALSE(in_slice(t, flat, 40.0, at_depth(-60, 10, 41)));  // deeper than the picture
    EXPECT_FALSE(in_slice(t, flat, 40.0, at_depth(-60, 21, 20)));  // beyond the face's end
    EXPECT_FALSE(in_slice(t, flat, 40.0, at_depth(-58, 10, 20)));  // beside the slice
    EXPECT_TRUE(in_slice(t, flat, 40.0, at_depth(-59.5, 10, 20))); // half of 1.5 mm
}

TEST(Probe, FrequencySuitsTheDepth) {
    const EchoTable& t = mechanics().echo;
    EXPECT_DOUBLE_EQ(t.frequency_MHz(20.0), 12.0);
    EXPECT_DOUBLE_EQ(t.frequency_MHz(60.0), 6.0);
    EXPECT_DOUBLE_EQ(t.slice_at_mm(t.slice_focus_mm), t.slice_mm);
    EXPECT_GT(t.slice_at_mm(45.0), 2.0);
}

} // namespace
} // namespace tb::tissue
