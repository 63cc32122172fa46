#include "render/textures.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include <glad/gl.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/random.h"

namespace tb::render {
namespace {

constexpr int kFilmCells = 64;

std::uint8_t byte_of(float signed_unit) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(0.5f + 0.5f * signed_unit, 0.0f, 1.0f) * 255.0f));
}

/// Random values on a periodic grid, read with smooth interpolation; -1..1.
class PeriodicNoise {
public:
    PeriodicNoise(int nx, int ny, int nz, std::string_view stream) : nx_(nx), ny_(ny), nz_(nz) {
        Random random(1, stream);
        values_.resize(static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny) *
                       static_cast<std::size_t>(nz));
        for (float& v : values_)
            v = static_cast<float>(random.uniform(-1.0, 1.0));
    }
    /// Coordinates 0..1 are one period.
    [[nodiscard]] float at(float x, float y, float z) const {
        const Place px(x, nx_), py(y, ny_), pz(z, nz_);
        const auto line = [&](int j, int k) {
            return glm::mix(value(px.low, j, k), value(px.high, j, k), px.share);
        };
        const auto plane = [&](int k) { return glm::mix(line(py.low, k), line(py.high, k), py.share); };
        return glm::mix(plane(pz.low), plane(pz.high), pz.share);
    }

private:
    struct Place {
        int low, high;
        float share;
        Place(float t, int n) {
            const float scaled = t * static_cast<float>(n), floored = std::floor(scaled),
                        f = scaled - floored;
            low = ((static_cast<int>(floored) % n) + n) % n;
            high = (low + 1) % n;
            share = f * f * (3.0f - 2.0f * f);
        }
    };
    [[nodiscard]] float value(int i, int j, int k) const {
        return values_[(static_cast<std::size_t>(k) * static_cast<std::size_t>(ny_) +
                        static_cast<std::size_t>(j)) *
                           static_cast<std::size_t>(nx_) +
                       static_cast<std::size_t>(i)];
    }
    int nx_, ny_, nz_;
    std::vector<float> values_;
};

/// Streaks along x, at four widths; r = light and dark, g = slope across, both around one half.
GLuint make_fibres() {
    constexpr int kWidth = 128, kHeight = 512;
    const PeriodicNoise octaves[] = {
        {3, 20, 1, "fibres-20"}, {4, 43, 1, "fibres-43"}, {5, 89, 1, "fibres-89"}, {7, 170, 1, "fibres-170"}};
    constexpr float kWeights[] = {0.50f, 0.42f, 0.30f, 0.18f};
    const PeriodicNoise bend(2, 3, 1, "fibres-bend");
    std::vector<float> height(static_cast<std::size_t>(kWidth) * kHeight);
    const auto index = [](int x, int y) {
        return static_cast<std::size_t>((y + kHeight) % kHeight) * kWidth + static_cast<std::size_t>(x);
    };
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const float u = static_cast<float>(x) / kWidth, v = static_cast<float>(y) / kHeight;
            const float v_bent = v + 0.010f * bend.at(u, v, 0.0f); // fibres are never quite straight
            float h = 0.0f;
            for (int k = 0; k < 4; ++k)
                h += kWeights[k] * octaves[k].at(u, v_bent, 0.0f);
            height[index(x, y)] = h;
        }
    }
    std::vector<std::uint8_t> texels(height.size() * 2);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            texels[index(x, y) * 2] = byte_of(height[index(x, y)]);
            texels[index(x, y) * 2 + 1] = byte_of(3.0f * (height[index(x, y + 1)] - height[index(x, y - 1)]));
        }
    }
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG8, kWidth, kHeight, 0, GL_RG, GL_UNSIGNED_BYTE, texels.data());
    glGenerateMipmap(GL_TEXTURE_2D);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    return texture;
}

/// Two octaves of noise with their gradient.
GLuint make_noise() {
    constexpr int kSide = 32;
    const PeriodicNoise coarse(6, 6, 6, "noise-6"), fine(13, 13, 13, "noise-13");
    const auto index = [](int x, int y, int z) {
        const auto wrap = [](int i) { return static_cast<std::size_t>((i + kSide) % kSide); };
        return (wrap(z) * kSide + wrap(y)) * kSide + wrap(x);
    };
    std::vector<float> value(static_cast<std::size_t>(kSide) * kSide * kSide);
    for (int z = 0; z < kSide; ++z) {
        for (int y = 0; y < kSide; ++y) {
            for (int x = 0; x < kSide; ++x) {
                const glm::vec3 p = glm::vec3(x, y, z) / static_cast<float>(kSide);
                value[index(x, y, z)] = 0.75f * coarse.at(p.x, p.y, p.z) + 0.5f * fine.at(p.x, p.y, p.z);
            }
        }
    }
    std::vector<std::uint8_t> texels(value.size() * 4);
    for (int z = 0; z < kSide; ++z) {
        for (int y = 0; y < kSide; ++y) {
            for (int x = 0; x < kSide; ++x) {
                std::uint8_t* t = &texels[index(x, y, z) * 4];
                t[0] = byte_of(value[index(x + 1, y, z)] - value[index(x - 1, y, z)]);
                t[1] = byte_of(value[index(x, y + 1, z)] - value[index(x, y - 1, z)]);
                t[2] = byte_of(value[index(x, y, z + 1)] - value[index(x, y, z - 1)]);
                t[3] = byte_of(value[index(x, y, z)]);
            }
        }
    }
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_3D, texture);
    glTexImage3D(GL_TEXTURE_3D, 0, GL_RGBA8, kSide, kSide, kSide, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 texels.data());
    glGenerateMipmap(GL_TEXTURE_3D);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_NEAREST);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    return texture;
}

bool has_film(const Decal& d) {
    return d.kind == Decal::Kind::Film && d.texels && d.cells > 0;
}

std::uint64_t film_hash(const Decal& d) {
    return fnv1a64({reinterpret_cast<const char*>(d.texels->data()), d.texels->size()},
                   static_cast<std::uint64_t>(d.cells));
}

} // namespace

std::uint64_t films_hash(const RenderScene& scene) {
    StateHash hash;
    for (const Decal& d : scene.decals) {
        if (has_film(d)) hash.add(static_cast<std::int64_t>(film_hash(d)));
    }
    return hash.value();
}

SurfaceTextures::~SurfaceTextures() {
    for (const unsigned texture : {fibres_, noise_, films_}) {
        if (texture != 0) glDeleteTextures(1, &texture);
    }
}

void SurfaceTextures::create() {
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glActiveTexture(GL_TEXTURE0);
    fibres_ = make_fibres();
    noise_ = make_noise();
    glGenTextures(1, &films_);
    glBindTexture(GL_TEXTURE_2D_ARRAY, films_);
    glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_RG8, kFilmCells, kFilmCells, static_cast<GLsizei>(kMostDecals), 0,
                 GL_RG, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void SurfaceTextures::update_films(const RenderScene& scene) {
    for (std::size_t layer = 0; layer < std::min(scene.decals.size(), kMostDecals); ++layer) {
        const Decal& d = scene.decals[layer];
        if (!has_film(d)) continue;
        const auto cells = static_cast<std::size_t>(d.cells);
        TB_CHECK(d.texels->size() == cells * cells);
        const std::uint64_t hash = film_hash(d);
        if (hash == film_hashes_[layer]) continue;
        film_hashes_[layer] = hash;
        // Split into how much film and how wet, so that the borders between the two blend (see
        // tissue/skin_prep.h).
        std::vector<std::uint8_t> texels(static_cast<std::size_t>(kFilmCells) * kFilmCells * 2);
        for (std::size_t y = 0; y < kFilmCells; ++y) {
            for (std::size_t x = 0; x < kFilmCells; ++x) {
                const int v = (*d.texels)[(y * cells / kFilmCells) * cells + x * cells / kFilmCells];
                std::uint8_t* t = &texels[(y * kFilmCells + x) * 2];
                t[0] = static_cast<std::uint8_t>(std::min(255, v * 2));
                t[1] = static_cast<std::uint8_t>(v < 128 ? 0 : (v - 128) * 2);
            }
        }
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glActiveTexture(GL_TEXTURE0 + kFilmUnit);
        glBindTexture(GL_TEXTURE_2D_ARRAY, films_);
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, static_cast<GLint>(layer), kFilmCells, kFilmCells, 1,
                        GL_RG, GL_UNSIGNED_BYTE, texels.data());
    }
}

void SurfaceTextures::bind() const {
    glActiveTexture(GL_TEXTURE0 + kFibreUnit);
    glBindTexture(GL_TEXTURE_2D, fibres_);
    glActiveTexture(GL_TEXTURE0 + kNoiseUnit);
    glBindTexture(GL_TEXTURE_3D, noise_);
    glActiveTexture(GL_TEXTURE0 + kFilmUnit);
    glBindTexture(GL_TEXTURE_2D_ARRAY, films_);
    glActiveTexture(GL_TEXTURE0);
}

} // namespace tb::render
