"""What the pictures show."""

from __future__ import annotations

import itertools
import math

import numpy as np

from genlyd.cli.simulate.pictures.sheet import (
    DAY,
    DUSK,
    HEIGHT,
    NIGHT,
    SCALE,
    SEA,
    WIDTH,
    Colour,
    Palette,
    Sheet,
)

SKINS: tuple[Colour, ...] = ((236, 200, 172), (198, 148, 112), (140, 96, 70), (244, 214, 190))
HELMETS: tuple[Colour, ...] = ((240, 190, 60), (245, 244, 238), (70, 118, 160), (214, 96, 60))


#: How many windows are lit at night.
LIT = 0.25


def night(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(NIGHT)
    for x, y in zip(rng.uniform(0, WIDTH, 60), rng.uniform(0, 300, 60), strict=True):
        sheet.disc(x, y, 1.4, (200, 206, 220))
    for number in range(7):
        sheet.house(
            30 + number * 175,
            430,
            96 + 22 * rng.random(),
            wall=NIGHT.far,
            roof=NIGHT.ink,
            window=NIGHT.warm if rng.random() < LIT else (58, 70, 90),
        )
    sheet.area([(0, 430), (WIDTH, 430), (WIDTH, HEIGHT), (0, HEIGHT)], NIGHT.ground)
    for x in (270, 930):
        sheet.glow(x, 470, 240, NIGHT.warm, 0.55)
        sheet.line([(x, 600), (x, 330)], NIGHT.ink, 9)
        sheet.box(x - 46, 306, 92, 34, NIGHT.light, round_by=8)
    sheet.area([(180, 560), (1020, 560), (1090, 650), (110, 650)], (46, 38, 32))
    sheet.line([(150, 606), (1050, 606)], (176, 182, 186), 34)
    sheet.line([(150, 599), (1050, 599)], (226, 230, 232), 6)
    sheet.person(520, 590, 190, helmet=HELMETS[0], coat=DAY.warm, skin=SKINS[1])
    sheet.person(672, 592, 180, helmet=HELMETS[1], coat=DAY.warm, skin=SKINS[3])
    return sheet


def apprentice(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(DAY)
    sheet.rings(405, 270, DAY.warm, count=6, step=62)
    sheet.hills(560, 18, 1.3, 2, DAY.far)
    sheet.area([(0, 590), (WIDTH, 590), (WIDTH, HEIGHT), (0, HEIGHT)], DAY.ground)
    sheet.box(690, 150, 350, 450, (112, 128, 130), round_by=14)
    sheet.box(714, 174, 302, 402, (58, 72, 76), round_by=8)
    colours = (DAY.warm, (240, 190, 60), (96, 150, 170), (228, 224, 212))
    for number in range(6):
        x = 752 + number * 44
        sheet.box(x, 210, 26, 58, (222, 220, 210), round_by=4)
        sheet.line(
            [
                (x + 13, 268),
                (x + 13, 350 + 20 * (number % 3)),
                (850 + number * 6, 470),
                (850 + number * 6, 566),
            ],
            colours[number % 4],
            7,
        )
    sheet.person(
        430,
        612,
        470,
        helmet=HELMETS[int(rng.integers(4))],
        coat=(44, 74, 92),
        skin=SKINS[int(rng.integers(4))],
        hair=(104, 66, 40),
    )
    return sheet


def team(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(DAY)
    sheet.disc(930, 190, 90, (244, 196, 120))
    sheet.hills(520, 40, 1, 0.6, DAY.far)
    for number in range(4):
        x = 120 + number * 330
        sheet.line([(x, 520), (x, 250)], DAY.far, 8)
        sheet.line([(x - 46, 286), (x + 46, 286)], DAY.far, 7)
    sheet.area([(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], DAY.ground)
    order = rng.permutation(4)
    coats = ((44, 74, 92), DAY.warm, (88, 112, 92))
    for number, x in enumerate((400, 600, 800)):
        sheet.person(
            x,
            620,
            380 + 26 * (number % 2),
            helmet=HELMETS[order[number]],
            coat=coats[number],
            skin=SKINS[order[number]],
            hair=(60, 44, 36) if number != 1 else None,
        )
    return sheet


def harbour(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(SEA)
    sheet.disc(900, 150, 70, (248, 206, 140))
    sheet.area([(0, 400), (WIDTH, 400), (WIDTH, HEIGHT), (0, HEIGHT)], SEA.ground)
    for number in range(9):
        y = 440 + number * 26
        sheet.line([(rng.uniform(0, 500), y), (rng.uniform(600, WIDTH), y)], (112, 146, 156), 2.5)
    sheet.box(90, 210, 300, 190, (150, 92, 78))
    sheet.area(
        [
            (90, 210),
            (165, 150),
            (165, 210),
            (240, 150),
            (240, 210),
            (315, 150),
            (315, 210),
            (390, 150),
            (390, 210),
        ],
        (120, 70, 60),
    )
    for x in (480, 590):
        sheet.line([(x, 400), (x + 26, 150), (x + 190, 196)], SEA.ink, 9)
        sheet.line([(x + 160, 190), (x + 160, 300)], SEA.ink, 3)
    for number in range(5):
        sheet.house(780 + number * 82, 400, 64, wall=SEA.light, roof=SEA.ink, window=SEA.warm)
    sheet.line([(380, 372), (700, 372), (700, 388), (1180, 388)], SEA.warm, 11)
    sheet.area([(300, 500), (700, 500), (640, 566), (350, 566)], SEA.ink)
    sheet.box(400, 430, 120, 72, SEA.light, round_by=6)
    sheet.line([(560, 500), (560, 392)], SEA.ink, 7)
    return sheet


def house(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(DUSK)
    sheet.disc(250, 400, 86, (250, 206, 150))
    sheet.hills(470, 46, 0.8, 1.2, DUSK.far)
    sheet.hills(560, 26, 1.1, 4, DUSK.ground)
    sheet.glow(760, 470, 200, DUSK.warm, 0.4)
    sheet.house(600, 560, 300, wall=(222, 206, 184), roof=(150, 74, 56), window=(255, 226, 160))
    sheet.box(730, 440, 54, 120, (96, 58, 46), round_by=4)
    sheet.line([(830, 330), (830, 190 + 20 * rng.random())], (150, 74, 56), 24)
    sheet.rings(830, 170, DUSK.light, count=4, step=26, strength=0.35)
    for x in (430, 480, 1010):
        sheet.area([(x - 44, 566), (x, 410), (x + 44, 566)], (44, 70, 64))
    return sheet


def chart(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(Palette((26, 38, 46), (34, 50, 58), DAY.ground, DAY.far, (20, 28, 34), DAY.warm, DAY.light))
    for number in range(1, 12):
        sheet.line([(number * 100, 0), (number * 100, HEIGHT)], (40, 58, 66), 1.5)
        sheet.line([(0, number * 62), (WIDTH, number * 62)], (40, 58, 66), 1.5)
    points = [(rng.uniform(120, 1080), rng.uniform(90, 590)) for _ in range(22)]
    points.sort()
    for start, end in itertools.pairwise(points):
        sheet.line([start, (end[0], start[1]), end], (92, 140, 140), 5)
    for x, y in points:
        sheet.disc(x, y, 9, (150, 210, 160))
    x, y = points[12]
    sheet.rings(x, y, DAY.warm, count=5, step=34, strength=0.9)
    sheet.disc(x, y, 15, DAY.warm)
    return sheet


def turbines(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(DUSK)
    palette = sheet.palette
    sheet.disc(820, 400, 150, (248, 200, 132))
    sheet.rings(820, 400, palette.light, count=4, step=70, strength=0.35)
    sheet.hills(500, 34, 1, 0.4, palette.far)
    sheet.turbine(250, 540, 330, rng.uniform(0, 2), palette.light)
    sheet.turbine(560, 560, 430, rng.uniform(0, 2), palette.light)
    sheet.turbine(1000, 530, 270, rng.uniform(0, 2), palette.light)
    sheet.hills(570, 24, 1.4, 2.2, palette.ground)
    return sheet


def boiler(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(
        Palette(
            (210, 196, 176), (232, 220, 200), (120, 108, 96), DAY.far, (40, 40, 44), (196, 66, 48), DAY.light
        )
    )
    palette = sheet.palette
    sheet.area([(0, 580), (WIDTH, 580), (WIDTH, HEIGHT), (0, HEIGHT)], palette.ground)
    sheet.box(120, 150, 560, 440, (92, 100, 104), round_by=60)
    for number in range(9):
        sheet.disc(165 + number * 58, 178, 7, (60, 66, 70))
    sheet.disc(300, 380, 78, (60, 66, 70))
    sheet.disc(300, 380, 58, (222, 212, 196))
    sheet.line([(300, 380), (330, 350)], palette.warm, 6)
    for x in (470, 560):
        sheet.line([(x, 150), (x, 0)], (122, 128, 130), 34)
    for number in range(6):
        angle = number * math.tau / 6 + rng.uniform(0, 0.5)
        sheet.line([(640, 400), (640 + 78 * math.cos(angle), 400 + 78 * math.sin(angle))], palette.warm, 11)
    sheet.draw.ellipse(
        [value * SCALE for value in (556, 316, 724, 484)], outline=palette.warm, width=17 * SCALE
    )
    sheet.person(850, 614, 460, helmet=HELMETS[1], coat=(54, 80, 108), skin=SKINS[0], hair=(206, 204, 198))
    return sheet


def tank(rng: np.random.Generator) -> Sheet:
    sheet = Sheet(DAY)
    sheet.hills(520, 30, 1, rng.uniform(0, 3), DAY.far)
    sheet.rings(780, 300, DAY.warm, count=7, step=58, strength=0.55)
    sheet.area([(0, 570), (WIDTH, 570), (WIDTH, HEIGHT), (0, HEIGHT)], DAY.ground)
    sheet.box(650, 130, 260, 450, (232, 226, 214), round_by=30)
    sheet.box(650, 250, 260, 330, (222, 128, 88), round_by=30)
    sheet.box(650, 250, 260, 120, (232, 150, 108))
    sheet.line([(640, 560), (420, 560)], DAY.ink, 12)
    for number in range(4):
        sheet.house(90 + number * 92, 580, 70, wall=DAY.light, roof=DAY.ink, window=(244, 196, 120))
    return sheet
