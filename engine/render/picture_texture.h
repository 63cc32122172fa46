// A picture of the processor's as a texture that a panel can show.
#pragma once

#include <cstdint>

#include "render/renderer.h"

namespace tb::render {

class PictureTexture {
public:
    PictureTexture() = default;
    ~PictureTexture(); ///< needs the context it was made in, if anything was uploaded
    PictureTexture(const PictureTexture&) = delete;
    PictureTexture& operator=(const PictureTexture&) = delete;

    /// Uploads; the first upload and another size make the texture anew. Needs a context.
    void update(const Picture& picture);
    /// Name in OpenGL, 0 before the first upload.
    [[nodiscard]] unsigned id() const { return id_; }

private:
    unsigned id_ = 0;
    int width_ = 0, height_ = 0;
};

} // namespace tb::render
