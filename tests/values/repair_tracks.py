#!/usr/bin/python3
"""Developer tool: makes the taught needle tracks of assets/clinical/trigger_points.json fit the built body.

Asks `tautband trigger-points --check --json`; where a track meets bone or a hazard or is longer than the needle, takes the
smallest turn that the program found (up to 45 degrees, 90 when nothing else is left), else the next longer needle of the
usual lengths; points with "not_shown" stay as they are. "turned_deg" in the file is the angle to the direction that was there before. Run after the body changed:
    tests/values/repair_tracks.py build/release/tautband
and read the differences before keeping them.
"""
import json
import math
import pathlib
import subprocess
import sys

FILE = pathlib.Path(__file__).resolve().parents[2] / "assets/clinical/trigger_points.json"
NEEDLES_MM = [25, 38, 50, 65, 75, 90]  # usual lengths (MEDSCAPE 38, 50, 76; 25 to 90 in the trade)
TURN_DEG, LAST_TURN_DEG = 45, 90


def text_of(tables):
    rows = lambda items: ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return ('{"about": ' + json.dumps(tables["about"], indent=1, ensure_ascii=False) + ',\n"points": [\n' +
            rows(tables["points"]) + '\n],\n"zones": [\n' + rows(tables["zones"]) + "\n]}\n")


def angle_deg(a, b):
    dot = sum(x * y for x, y in zip(a, b)) / math.dist(a, (0, 0, 0)) / math.dist(b, (0, 0, 0))
    return math.degrees(math.acos(max(-1.0, min(1.0, dot))))


def main(program):
    for last in (False, False, True, False):
        tables = json.loads(FILE.read_text())
        points = {p["id"]: p for p in tables["points"]}
        answer = subprocess.run([program, "trigger-points", "--check", "--json"], capture_output=True, text=True)
        left = 0
        for row in json.loads(answer.stdout):
            track = row.get("track")
            if not track or row["not_shown"] or not (track["met"] or track["too_long"]):
                continue
            left += 1
            point, repair = points[row["id"]], row.get("repair")
            if repair and repair["turn_deg"] <= (LAST_TURN_DEG if last else TURN_DEG):
                before = point["approach"]["direction"]
                length = math.dist(repair["direction"], (0, 0, 0))
                now = [round(x / length, 3) for x in repair["direction"]]
                turned = point["approach"].get("turned_deg", 0) + angle_deg(before, now)
                point["approach"].update(direction=now, turned_deg=round(turned))
                print(f"{row['id']}: turned by {angle_deg(before, now):.0f} degrees")
            else:
                longer = [n for n in NEEDLES_MM if n > point["needle"]["length_mm"] and n < 3 * row["under_skin_mm"]]
                if longer:
                    print(f"{row['id']}: needle {point['needle']['length_mm']} -> {longer[0]} mm")
                    point["needle"]["length_mm"] = longer[0]
                else:
                    print(f"{row['id']}: no way found ({track['met'] or 'too long'})")
        FILE.write_text(text_of(tables))
        if left == 0:
            break


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
