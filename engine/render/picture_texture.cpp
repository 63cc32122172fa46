#include "render/picture_texture.h"

#include <glad/gl.h>

namespace tb::render {

PictureTexture::~PictureTexture() {
    if (id_ != 0) glDeleteTextures(1, &id_);
}

void PictureTexture::update(const Picture& picture) {
    if (picture.width <= 0 || picture.height <= 0) return;
    int before = 0;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
    if (id_ == 0) glGenTextures(1, &id_);
    glBindTexture(GL_TEXTURE_2D, id_);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (picture.width != width_ || picture.height != height_) {
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, picture.width, picture.height, 0, GL_RGB, GL_UNSIGNED_BYTE,
                     picture.rgb.data());
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        width_ = picture.width;
        height_ = picture.height;
    } else {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE,
                        picture.rgb.data());
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, static_cast<unsigned>(before));
}

} // namespace tb::render
