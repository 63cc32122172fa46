#!/usr/bin/env python3
"""Eight standard views of the body and of the reference meshes beside each other, with and without skin.

  tests/reference/side_by_side.py [--out DIR] [--uncalibrated] [VIEW ...]

Both are drawn by the program itself with the same camera and layers. The pictures go to build/side_by_side, with what
the reference lacks in their captions. The calibrated body is shown beside the reference unless --uncalibrated asks for
the body of the tables alone. Skips like compare.py; needs matplotlib.
"""
import argparse
import os
import pathlib
import subprocess
import tempfile

import reference

# name: (title, camera "eye, target, field of view", layers with skin, layers without)
BARE = "-skin,muscles,bones,-vessels,-nerves,-organs"
SKIN = "skin=1,-vessels,-nerves,-organs"
VIEWS = {
    "posterior": ("whole body from behind", "0,850,-4020,0,850,80,28", SKIN, BARE),
    "anterior": ("whole body from the front", "0,850,4180,0,850,80,28", SKIN, BARE),
    "neck": ("neck from behind and the right", "-420,1560,-380,-20,1515,60,28", SKIN, BARE),
    "shoulder_girdle": ("shoulder girdle from behind and the right", "-520,1480,-740,-110,1395,40,28", SKIN, BARE),
    "back_deep": ("deep layer of the back", "0,1290,-1380,0,1290,40,28", SKIN, BARE + ",peel=2,hide=thoracolumbar_fascia_posterior_r,hide=thoracolumbar_fascia_posterior_l"),
    "gluteal": ("buttock from behind and the right", "-430,960,-800,-70,920,50,28", SKIN, BARE),
    "thigh": ("thigh from behind", "-160,700,-1120,-95,640,60,28", SKIN, BARE),
    "calf": ("calf from behind", "-200,260,-960,-90,230,60,28", SKIN, BARE),
}
WIDE = {"posterior": "900x1500", "anterior": "900x1500"}


def draw(body, camera, layers, size, out):
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen"}
    environment.pop("TAUTBAND_ANATOMY", None)
    if body:
        environment["TAUTBAND_ANATOMY"] = str(body)
    subprocess.run([reference.PROGRAM, "picture", "--camera", camera, "--layers", layers, "--size", size, "--finest",
                    "-o", out], check=True, env=environment)


def sheet(path, title, pictures, captions):
    """Pictures in one row with a caption under each."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.image import imread
    images = [imread(p) for p in pictures]
    height, width = images[0].shape[:2]
    dpi, foot, head = 100, 46, 30
    figure = Figure(figsize=((width * len(images)) / dpi, (height + foot + head) / dpi), dpi=dpi)
    FigureCanvasAgg(figure)
    total = height + foot + head
    for k, (image, caption) in enumerate(zip(images, captions)):
        axes = figure.add_axes((k / len(images), foot / total, 1 / len(images), height / total))
        axes.imshow(image)
        axes.set_axis_off()
        figure.text((k + 0.5) / len(images), 0.2 * foot / total, caption, ha="center", fontsize=9)
    figure.text(0.5, 1 - 0.75 * head / total, title, ha="center", fontsize=12)
    figure.savefig(path)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("views", nargs="*", metavar="VIEW", help=", ".join(VIEWS))
    arguments.add_argument("--out", type=pathlib.Path, default=reference.ROOT / "build/side_by_side")
    arguments.add_argument("--uncalibrated", action="store_true")
    o = arguments.parse_args()
    if unknown := set(o.views) - set(VIEWS):
        arguments.error(f"there is no view {', '.join(sorted(unknown))}; there are {', '.join(VIEWS)}")
    reference.require("matplotlib")
    import reference_body
    o.out.mkdir(parents=True, exist_ok=True)
    with reference.work_folders() as (_, meshes):
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            # Attributes come from the uncalibrated mesh, whose surface is the reference's.
            missing = reference_body.write(folder / "reference", meshes.parent / "body", meshes)
            shown = [m for m in missing if "-" not in m]  # hazards, which are not drawn, have a dash in their id
            body = meshes.parent / "body" if o.uncalibrated else None
            ours = "tables alone, uncalibrated" if o.uncalibrated else "Tautband, calibrated"
            for name in o.views or VIEWS:
                title, camera, with_skin, without = VIEWS[name]
                size = WIDE.get(name, "900x900")
                for suffix, layers in (("skin", with_skin), ("muscles", without)):
                    pictures = [folder / f"{name}_{suffix}_{who}.png" for who in ("ours", "reference")]
                    draw(body, camera, layers, size, pictures[0])
                    draw(folder / "reference", camera, layers, size, pictures[1])
                    lacks = "" if suffix == "skin" else f"; {len(shown)} of our structures are not in it"
                    sheet(o.out / f"{name}_{suffix}.png", f"{title}, {'with' if suffix == 'skin' else 'without'} skin",
                          pictures, [ours, "BodyParts3D 4.0, (c) DBCLS, CC BY 4.0" + lacks])
                    print(o.out / f"{name}_{suffix}.png", flush=True)
    print("not in the reference data set here: " + " ".join(sorted(shown)))


if __name__ == "__main__":
    main()
