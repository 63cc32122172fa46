// Screens drawn without a window: an ImGui context with its own font, keys and mouse set by hand.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "ui/keys.h"
#include "ui/shell.h"

namespace tb::test {

/// A point of the screen.
struct Spot {
    float x = 0.0f, y = 0.0f;
};

/// The clipboard of the screen under test; empty when a screen is made.
inline std::string& clipboard() {
    static std::string text;
    return text;
}

class Screen {
public:
    Screen() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.SetClipboardTextFn = [](void*, const char* text) { clipboard() = text; };
        io.GetClipboardTextFn = [](void*) { return clipboard().c_str(); };
        clipboard().clear();
        io.DisplaySize = {1280.0f, 720.0f};
        io.KeyMap[ImGuiKey_Tab] = ui::key::kTab;
        io.KeyMap[ImGuiKey_LeftArrow] = ui::key::kLeft;
        io.KeyMap[ImGuiKey_RightArrow] = ui::key::kRight;
        io.KeyMap[ImGuiKey_UpArrow] = ui::key::kUp;
        io.KeyMap[ImGuiKey_DownArrow] = ui::key::kDown;
        io.KeyMap[ImGuiKey_Space] = ui::key::kSpace;
        io.KeyMap[ImGuiKey_Enter] = ui::key::kEnter;
        io.KeyMap[ImGuiKey_Escape] = ui::key::kEscape;
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        shell = std::make_unique<ui::Shell>();
        shell->set_fonts({io.Fonts->Fonts[0], nullptr, nullptr, nullptr});
        away();
    }
    ~Screen() {
        shell.reset();
        ImGui::DestroyContext();
    }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    ui::Output draw() {
        ImGuiIO& io = ImGui::GetIO();
        io.DeltaTime = 1.0f / 60.0f;
        ImGui::NewFrame();
        ui::Output out = shell->draw(model, view, io.DeltaTime);
        ImGui::Render();
        for (const ui::Command& c : out.commands)
            commands.push_back(c);
        for (const events::Action& a : out.actions)
            actions.push_back(a);
        return out;
    }
    /// A few frames, so that windows find their sizes.
    ui::Output settle() {
        for (int i = 0; i < 3; ++i)
            draw();
        actions.clear();
        commands.clear();
        return draw();
    }
    void away() { ImGui::GetIO().MousePos = {-1000.0f, -1000.0f}; }
    /// Presses and lets go a key; what was asked for in these frames is in `actions` and `commands`.
    void key(int code, bool ctrl = false) {
        actions.clear();
        commands.clear();
        ImGuiIO& io = ImGui::GetIO();
        io.KeyCtrl = ctrl;
        io.KeysDown[code] = true;
        draw();
        io.KeysDown[code] = false;
        io.KeyCtrl = false;
        draw();
    }
    void click(Spot p) {
        actions.clear();
        commands.clear();
        ImGuiIO& io = ImGui::GetIO();
        io.MousePos = {p.x, p.y};
        draw();
        io.MouseDown[0] = true;
        draw();
        io.MouseDown[0] = false;
        draw();
        away();
        draw();
    }
    /// Walks over the window in small steps and returns the first spot where the item of this name lies.
    std::optional<Spot> find(const char* window, const std::vector<const char*>& path) {
        ImGuiWindow* w = ImGui::FindWindowByName(window);
        if (w == nullptr) return std::nullopt;
        ImGuiID id = w->ID;
        for (const char* part : path)
            id = ImHashStr(part, 0, id);
        return find(w, id);
    }
    std::optional<Spot> find(const ImGuiWindow* w, ImGuiID id) {
        const float step = 6.0f;
        for (float y = w->Pos.y + 3.0f; y < w->Pos.y + w->Size.y; y += step) {
            for (float x = w->Pos.x + 3.0f; x < w->Pos.x + w->Size.x; x += 3.0f * step) {
                ImGui::GetIO().MousePos = {x, y};
                draw();
                if (GImGui->HoveredIdPreviousFrame == id || GImGui->HoveredId == id) {
                    away();
                    return Spot{x, y};
                }
            }
        }
        away();
        return std::nullopt;
    }
    [[nodiscard]] bool has_command(ui::Command::Kind kind) const {
        for (const ui::Command& c : commands) {
            if (c.kind == kind) return true;
        }
        return false;
    }
    template <class T>
    [[nodiscard]] const T* action() const {
        for (const events::Action& a : actions) {
            if (const T* t = std::get_if<T>(&a)) return t;
        }
        return nullptr;
    }
    /// Vertices and indices of the frame drawn last.
    [[nodiscard]] static std::pair<int, int> drawn() {
        return {ImGui::GetDrawData()->TotalVtxCount, ImGui::GetDrawData()->TotalIdxCount};
    }

    std::unique_ptr<ui::Shell> shell;
    ui::Model model;
    view::ViewSettings view;
    std::vector<events::Action> actions;
    std::vector<ui::Command> commands;
};

} // namespace tb::test
