#include "app/input.h"

#include <algorithm>
#include <vector>

#include <SDL.h>
#include <backends/imgui_impl_sdl.h>
#include <imgui.h>

namespace tb::app {
namespace {

/// A stick never lies quite still; whether it moves the hand is asked of its state, not of its events.
bool stick_noise(const SDL_Event& event) {
    return event.type == SDL_JOYAXISMOTION || event.type == SDL_CONTROLLERAXISMOTION;
}

} // namespace

Input::Taken Input::take(bool may_wait) {
    SDL_Event event;
    bool polled =
        may_wait && waiting_.empty() ? SDL_WaitEventTimeout(&event, 100) == 1 : SDL_PollEvent(&event) == 1;
    while (polled) {
        waiting_.push_back(event);
        polled = SDL_PollEvent(&event) == 1;
    }
    Taken taken;
    std::vector<SDL_Scancode> pressed;
    while (!waiting_.empty()) {
        const SDL_Event& next = waiting_.front();
        if (next.type == SDL_KEYUP &&
            std::find(pressed.begin(), pressed.end(), next.key.keysym.scancode) != pressed.end()) {
            break;
        }
        if (next.type == SDL_KEYDOWN) pressed.push_back(next.key.keysym.scancode);
        if (next.type == SDL_QUIT) taken.quit = true;
        ImGui_ImplSDL2_ProcessEvent(&next);
        remember_pointer(next);
        if (listener_) listener_(next);
        taken.any = taken.any || !stick_noise(next);
        waiting_.pop_front();
    }
    return taken;
}

void Input::remember_pointer(const SDL_Event& event) {
    switch (event.type) {
    case SDL_MOUSEMOTION:
        pointer_ = {static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)};
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        pointer_ = {static_cast<float>(event.button.x), static_cast<float>(event.button.y)};
        break;
    case SDL_WINDOWEVENT:
        if (event.window.event == SDL_WINDOWEVENT_LEAVE && !ImGui::IsAnyMouseDown()) pointer_.reset();
        break;
    default:
        break;
    }
}

void Input::complete_frame() const {
    ImGuiIO& io = ImGui::GetIO();
    if (pointer_) io.MousePos = ImVec2(pointer_->x, pointer_->y);
    const bool enter = io.KeysDown[SDL_SCANCODE_RETURN] || io.KeysDown[SDL_SCANCODE_KP_ENTER];
    if (enter && !io.WantTextInput) io.NavInputs[ImGuiNavInput_Activate] = 1.0f;
}

} // namespace tb::app
