#!/usr/bin/env python3
"""Runs the demo for a while and watches its process from outside: memory, handles, threads, and how long the first offer takes.

    soak.py [--minutes 60] [--out load-tests/results/soak] -- COMMAND...

COMMAND starts the demo, such as: dotnet src/CrowdGrains.Server/bin/Release/net10.0/crowdgrains.dll demo --speed 60 --helpers 5000
Writes OUT.csv (a row for each status line of the demo, every five seconds) and OUT.svg, and prints the figures by quarter of the run.
Ends with 3 when the demo ended by itself, reported an error, or does not stop when asked to.
"""

import argparse
import csv
import os
import re
import signal
import subprocess
import sys
import time

STATUS = re.compile(r"^time .*?online ([\d,]+) .*?open ([\d,]+) .*?completed ([\d,]+) .*?offer p50 ([\d,.]+) ms +p99 ([\d,.]+) ms .*?live ([\d,]+) MB .*?errors ([\d,]+)")
COLUMNS = ["seconds", "online", "open", "completed", "p50_ms", "p99_ms", "live_mb", "errors", "resident_mb", "handles", "threads"]
PANELS = [("resident_mb", "resident memory, MB"), ("live_mb", "heap after the last collection of everything, MB"), ("handles", "open handles"), ("threads", "threads"), ("p50_ms", "submit to offer, median, ms"), ("p99_ms", "submit to offer, p99, ms")]
STOP_SECONDS = 60


def number(text):
    return float(text.replace(",", ""))


def read_process(pid):
    with open(f"/proc/{pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status if ":" in line)
    return int(fields["VmRSS"].split()[0]) / 1024, len(os.listdir(f"/proc/{pid}/fd")), int(fields["Threads"])


def watch(command, seconds):
    """The samples, and whether the demo kept on until it was told to stop and then did."""
    start = time.monotonic()
    demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    rows, asked = [], None
    for line in demo.stdout:
        now = time.monotonic() - start
        if match := STATUS.match(line):
            if asked is None:
                rows.append([round(now, 1), *map(number, match.groups()), *read_process(demo.pid)])
        else:
            print(line, end="", flush=True)
        if now >= seconds and asked is None:
            asked = now
            demo.send_signal(signal.SIGTERM)
    try:
        return rows, demo.wait(STOP_SECONDS) == 0 and asked is not None
    except subprocess.TimeoutExpired:
        demo.kill()
        return rows, False


def median(values):
    return sorted(values)[len(values) // 2]


def draw(rows, path):
    """One panel for each figure; where nothing was seen for a minute the line is broken."""
    width, height, left, right, gap = 900, 120, 60, 30, 34
    end = rows[-1][0]
    across = width - left - right
    bottom = len(PANELS) * (height + gap) + 12
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{bottom + 18}" font-family="sans-serif" font-size="12">',
             '<rect width="100%" height="100%" fill="white"/>']
    for place, (column, title) in enumerate(PANELS):
        seen = [(row[0], row[COLUMNS.index(column)]) for row in rows if row[COLUMNS.index(column)] is not None]
        top = place * (height + gap) + 24
        high = max(value for _, value in seen) * 1.1 or 1
        path_text = ""
        for i, (at, value) in enumerate(seen):
            step = "L" if i > 0 and at - seen[i - 1][0] < 60 else "M"
            path_text += f"{step}{left + across * at / end:.1f} {top + height - height * value / high:.1f} "
        parts += [f'<text x="{left}" y="{top - 6}">{title}</text>',
                  f'<rect x="{left}" y="{top}" width="{across}" height="{height}" fill="none" stroke="#bbb"/>',
                  f'<text x="{left - 6}" y="{top + 10}" text-anchor="end">{high:.0f}</text><text x="{left - 6}" y="{top + height}" text-anchor="end">0</text>',
                  f'<path d="{path_text.strip()}" fill="none" stroke="#1f5f99" stroke-width="1.2"/>']
    tick = max(1, round(end / 360))
    parts += [f'<text x="{left + across * minute * 60 / end:.0f}" y="{bottom}" text-anchor="middle">{minute} min</text>' for minute in range(0, int(end / 60) + 1, tick)]
    with open(path, "w") as out:
        out.write("\n".join(parts + ["</svg>", ""]))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--out", default="load-tests/results/soak")
    options.add_argument("command", nargs="+")
    given = options.parse_args()
    rows, is_well = watch(given.command, given.minutes * 60)
    if not rows:
        print("the demo told nothing")
        return 3
    with open(given.out + ".csv", "w", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows])
    draw(rows, given.out + ".svg")
    print("quarter   " + "  ".join(f"{column:>12}" for column, _ in PANELS))
    for quarter in range(4):
        some = rows[quarter * len(rows) // 4:(quarter + 1) * len(rows) // 4] or rows
        print(f"{quarter + 1:<10}" + "  ".join(f"{median([row[COLUMNS.index(column)] for row in some]):12.1f}" for column, _ in PANELS))
    print(f"errors {rows[-1][COLUMNS.index('errors')]:.0f}, completed {rows[-1][COLUMNS.index('completed')]:.0f}")
    return 0 if is_well and rows[-1][COLUMNS.index("errors")] == 0 else 3


if __name__ == "__main__":
    sys.exit(main())
