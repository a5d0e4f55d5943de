"""A report in Lithuanian that uses every node, as a composer would write it. No plan stands behind it."""

from datetime import date

from reports.document import (
    Align,
    Bar,
    Block,
    Bullets,
    Callout,
    Column,
    Contents,
    Cover,
    Document,
    Fact,
    Facts,
    Footer,
    GroupRow,
    Heading,
    Item,
    KeepTogether,
    Layout,
    LineChart,
    Mark,
    Masthead,
    PageBreak,
    ProgressBar,
    ProgressBars,
    Prose,
    ProseStyle,
    Row,
    Run,
    Segment,
    Signal,
    Spark,
    StatusBar,
    StatusBars,
    Table,
    Tile,
    Tiles,
)

DONE = Mark(Signal.DONE, "Įgyvendinta")
GOOD = Mark(Signal.GOOD, "Vykdoma pagal planą")
BEHIND = Mark(Signal.WARNING, "Atsilieka")
LATE = Mark(Signal.BAD, "Vėluoja")
STOPPED = Mark(Signal.STOPPED, "Nutraukta")
WAITING = Mark(Signal.WAITING, "Nepradėta")
UNKNOWN = Mark(Signal.UNKNOWN, "Nėra duomenų")
STATES = (DONE, GOOD, LATE, STOPPED, WAITING, UNKNOWN)

FOOTER = Footer(
    "Kauno miesto strateginis plėtros planas iki 2030 metų",
    "2026 m. III ketvirtis",
    "Duomenys: 2026 m. spalio 15 d.",
    "{page} psl. iš {pages}",
)
BANNER = "Pavyzdiniai duomenys: skaičiai ir priemonės sugalvoti, tikros pažangos jie nerodo"

CHAPTERS = (
    ("Tvari aplinka ir žalioji infrastruktūra", (6, 14, 5, 1, 4, 2)),
    ("Švietimas ir jaunimas", (11, 18, 1, 0, 3, 0)),
    ("Judumas ir viešasis transportas", (4, 9, 9, 0, 6, 1)),
    ("Socialinė gerovė ir sveikata", (8, 16, 3, 0, 2, 3)),
    ("Kultūra ir bendruomenės", (9, 12, 1, 0, 2, 1)),
    ("Skaitmeninės paslaugos", (3, 7, 4, 1, 3, 2)),
)


def tiles() -> Tiles:
    return Tiles(
        (
            Tile(
                "Plano pažanga",
                "71 %",
                "+4 proc. punktai per ketvirtį; laiko praėjo 74 %",
                GOOD,
                Spark((58, 61, 60, 64, 67, 71), "Nuo 58 % iki 71 % per šešis ketvirčius"),
            ),
            Tile(
                "Panaudotos lėšos",
                "148,2 mln. €",
                "62 % metų asignavimų",
                BEHIND,
                Spark((12, 31, 55, 88, 120, 148), "Nuo 12 iki 148 mln. € per šešis ketvirčius"),
            ),
            Tile("Rodikliai, pasiekę siektiną reikšmę", "34 iš 52", "2 mažiau nei prieš ketvirtį", BEHIND),
            Tile(
                "Vėluojančios priemonės",
                "23",
                "+6 per ketvirtį",
                LATE,
                Spark((11, 12, 15, None, 17, 23), "Nuo 11 iki 23 per šešis ketvirčius; vieno ketvirčio duomenų nėra"),
            ),
        )
    )


def status_bars() -> StatusBars:
    return StatusBars(
        tuple(
            StatusBar(
                name,
                tuple(Segment(state, count) for state, count in zip(STATES, counts, strict=True)),
                str(sum(counts)),
                href=f"#skyrius-{number}",
            )
            for number, (name, counts) in enumerate(CHAPTERS, start=1)
        ),
        STATES,
        ("Skyrius", "Priemonės pagal būklę", "Iš viso"),
    )


def indicators() -> Table:
    rows = (
        ("Atliekų perdirbimo dalis, %", "38,0", "52,4", "60,0", (38, 41, 44, 45, 49, 51, 52), 60, GOOD),
        ("Kelionių viešuoju transportu dalis, %", "24,1", "22,7", "30,0", (24, 21, 20, 21, 22, 22, 22), 30, LATE),
        ("Žaliųjų plotų vienam gyventojui, m²", "41,2", "43,0", "45,0", (41, 41, 41, 41, 42, None, 43), 45, GOOD),
        ("Vaikų, gavusių vietą darželyje, %", "89,0", "97,5", "97,0", (89, 91, 92, 94, 95, 96, 97), 97, DONE),
        ("Renovuotų daugiabučių skaičius", "312", "498", "720", (312, 340, 371, 402, 433, 470, 498), 720, BEHIND),
    )
    return Table(
        (
            Column("Rodiklis", 40),
            Column("Pradinė reikšmė", 13, Align.RIGHT),
            Column("Faktinė reikšmė", 13, Align.RIGHT, strong=True),
            Column("Siektina reikšmė", 13, Align.RIGHT),
            Column("Eiga 2020–2026 m.", 19),
            Column("Būklė", 25),
        ),
        tuple(
            Row((name, base, actual, target, Spark(points, f"Nuo {base} iki {actual}; siekiama {target}", goal), mark))
            for name, base, actual, target, points, goal, mark in rows
        ),
    )


def money() -> ProgressBars:
    return ProgressBars(
        (
            ProgressBar("Tvari aplinka", Bar(63, "63 %", 75), "39,1 iš 62,4 mln. €"),
            ProgressBar("Švietimas", Bar(75, "75 %", 75), "66,2 iš 88,0 mln. €"),
            ProgressBar("Judumas", Bar(39, "39 %", 75, Signal.BAD), "19,8 iš 51,3 mln. €", LATE),
            ProgressBar("Skaitmeninės paslaugos", Bar(None, "nėra", 75), "duomenys nepateikti", UNKNOWN),
        ),
        ("Skyrius", "Panaudota", "Suma"),
        key="Juosta – panaudota; brūkšnys – praėjusi metų dalis (75 %)",
    )


def decisions() -> Bullets:
    return Bullets(
        (
            Item(
                (
                    Run("3.2.4 Dviračių tiltas per Nerį", bold=True),
                    " – viešasis pirkimas neįvyko du kartus; terminas "
                    "slenka septynis mėnesius, reikia papildomų 1,9 mln. €",
                ),
                LATE,
            ),
            Item(
                (
                    Run("3.1.1 Autobusų parko atnaujinimas", bold=True),
                    " – tiekėjas vėluoja pristatyti 24 iš 60 elektrinių autobusų",
                ),
                LATE,
            ),
            Item(
                (Run("1.4.2 Lietaus nuotekų tinklai", bold=True), " – panaudota 38 % lėšų, o laiko praėjo 75 %"),
                BEHIND,
            ),
        )
    )


def brief() -> Document:
    blocks: tuple[Block, ...] = (
        Masthead(
            "Strateginio plėtros plano pažanga",
            "Santrauka merui · 2026 m. III ketvirtis · duomenys 2026 m. spalio 15 d.",
            "Kauno miesto savivaldybė",
        ),
        Prose(
            (
                "Planas įgyvendinamas šiek tiek lėčiau, nei eina laikas: padaryta 71 %, o laiko praėjo 74 %. "
                "Daugiausia vėluojama judumo skyriuje, kur du pirkimai neįvyko.",
            ),
            ProseStyle.LEAD,
        ),
        tiles(),
        Heading(1, "Priemonių būklė pagal skyrių", anchor="bukle"),
        status_bars(),
        Heading(1, "Svarbiausi rodikliai", aside="punktyras – siektina reikšmė"),
        indicators(),
        Heading(1, "Lėšų panaudojimas, mln. €"),
        money(),
        Heading(1, "Reikia sprendimo"),
        decisions(),
        Callout(
            "Kodėl viena dalis be skaičiaus",
            (
                "Skaitmeninių paslaugų skyrius šio ketvirčio ataskaitos nepateikė: be duomenų procentas neskaičiuojamas, "
                "o ne laikomas nuliu.",
            ),
            UNKNOWN,
        ),
    )
    return Document(
        "Strateginio plėtros plano pažanga",
        "lt",
        Layout.BRIEF,
        date(2026, 10, 15),
        FOOTER,
        blocks,
        banner=BANNER,
        author="Kauno miesto savivaldybė",
        subject="Santrauka merui",
        keywords=("strateginis planas", "pažanga"),
    )


def measures(chapter: int, count: int = 9) -> Table:
    titles = (
        "Pėsčiųjų ir dviračių takų tinklo plėtra tarp Šilainių, Vilijampolės ir miesto centro",
        "Lietaus nuotekų tinklų rekonstrukcija",
        "Daugiabučių kiemų apželdinimas kartu su gyventojų bendrijomis",
        "Ąžuolyno parko infrastruktūros sutvarkymas",
        "Rūšiuojamųjų atliekų surinkimo aikštelių įrengimas",
    )
    notes = (
        "Atlikta 62 % darbų; tiekėjas medžiagas pristatė vėliau, nei numatyta sutartyje.",
        "",
        "Pasirašytos trys sutartys, ketvirta derinama su bendrija.",
        "Viešasis pirkimas neįvyko: negauta nė vieno pasiūlymo. Kitas skelbiamas lapkričio mėnesį.",
    )
    rows: list[Row | GroupRow] = []
    for number in range(count):
        if number % 5 == 0:
            rows.append(GroupRow(f"{chapter}.1.{number // 5 + 1} Žaliųjų erdvių ryšiai", aside="pažanga 54 % · 5 iš 5"))
        mark = STATES[number % len(STATES)]
        percent = None if mark is UNKNOWN else (number * 17) % 101
        note = notes[number % len(notes)]
        rows.append(
            Row(
                (
                    Run(f"{chapter}.1.{number // 5 + 1}.{number + 1}", href="https://www.kaunas.lt/"),
                    titles[number % len(titles)],
                    "Miesto tvarkymo skyrius",
                    "2027-12-31",
                    mark,
                    Bar(percent, "–" if percent is None else f"{percent} %", 62),
                ),
                detail=(note,) if note else (),
                signal=Signal.BAD if mark is LATE else None,
            )
        )
    return Table(
        (
            Column("Kodas", 11),
            Column("Priemonė", 38),
            Column("Atsakingas vykdytojas", 22),
            Column("Pabaiga", 14.5, Align.RIGHT),
            Column("Būklė", 24),
            Column("Pažanga", 22),
        ),
        tuple(rows),
    )


def chart() -> LineChart:
    return LineChart(
        ("2020", "2021", "2022", "2023", "2024", "2025", "2026-Q1", "2026-Q2", "2026-Q3"),
        (38, 41, 44, 45, None, 49, 50, 51, 52),
        "Perdirbama atliekų dalis augo nuo 38 % 2020 metais iki 52 % 2026 metų trečiąjį ketvirtį; 2024 metų duomenų "
        "nėra. Siektina reikšmė – 60 % 2030 metais.",
        "Faktinė reikšmė",
        (38, 40, 42, 45, 47, 50, 51, 52, 53),
        "Tikėtina reikšmė",
        60,
        "siekiama 60 %",
        ((40, "40 %"), (50, "50 %"), (60, "60 %")),
        "Atliekų perdirbimo dalis, %",
    )


def report(rows: int = 9) -> Document:
    blocks: list[Block] = [
        Cover(
            "Kauno miesto strateginio plėtros plano iki 2030 metų įgyvendinimo ataskaita",
            "Už 2026 metų trečiąjį ketvirtį",
            "Kauno miesto savivaldybė",
            (
                ("Ataskaitinis laikotarpis", "2026 m. liepos 1 d. – rugsėjo 30 d."),
                ("Duomenų data", "2026 m. spalio 15 d."),
                (
                    "Planą patvirtino",
                    ("Kauno miesto savivaldybės taryba, ", Run("sprendimas", href="https://e-tar.lt/")),
                ),
            ),
            "Ataskaita parengta iš darbo grupių patvirtintų skyrių ataskaitų.",
        ),
        Contents("Turinys", 3),
        Heading(1, "Santrauka", anchor="santrauka"),
        Prose(("Planas įgyvendinamas šiek tiek lėčiau, nei eina laikas.",), ProseStyle.LEAD),
        tiles(),
        Heading(2, "Priemonių būklė pagal skyrių"),
        status_bars(),
        Prose(
            (
                (
                    "Daugiau – skyriuje ",
                    Run("Tvari aplinka", href="#skyrius-1"),
                    ", rodiklių aprašymai – ",
                    Run("svetainėje", href="https://www.kaunas.lt/planas?a=1&b=(2)"),
                    ".",
                ),
                ("Angliškai vadinama ", Run("green infrastructure", italic=True, language="en"), "."),
                "Sumos nurodytos tūkstančiais eurų, jei nepažymėta kitaip.",
            )
        ),
    ]
    for number, (name, _) in enumerate(CHAPTERS[:3], start=1):
        blocks += [
            Heading(1, name, str(number), f"skyrius-{number}", aside="pažanga 54 %"),
            Facts(
                (
                    Fact("Darbo grupė", "Aplinkos apsaugos darbo grupė"),
                    Fact("Padaryta", "54 %; duomenys apie 28 iš 32 priemonių"),
                )
            ),
            Heading(2, "Sumažinti taršą ir išsaugoti žaliąsias miesto erdves", f"{number}.1", f"tikslas-{number}.1"),
            Heading(3, "Rodikliai"),
            indicators(),
            KeepTogether((chart(), Prose(("Duomenų šaltinis: Valstybės duomenų agentūra.",), ProseStyle.NOTE))),
            Heading(3, "Priemonės"),
            measures(number, rows),
        ]
    blocks += [
        PageBreak(),
        Heading(1, "Kaip skaičiuojama pažanga"),
        Bullets(
            (Item("Trūkstamas skaičius nėra nulis."), Item("Nutrauktos priemonės neskaičiuojamos.")), numbered=True
        ),
        Bullets((Item("Procentai apvalinami tik rodant."), Item("100 % rodoma tik tada, kai padaryta viskas."))),
        money(),
    ]
    return Document(
        "Kauno miesto strateginio plėtros plano įgyvendinimo ataskaita",
        "lt",
        Layout.REPORT,
        date(2026, 10, 15),
        FOOTER,
        tuple(blocks),
        banner=BANNER,
        author="Kauno miesto savivaldybė",
        subject="Įgyvendinimo ataskaita",
        keywords=("strateginis planas",),
    )
