"""The people a visitor may be, and their nearest colleagues. Their places in the history are their places here."""

from __future__ import annotations

from genlyd.cli.simulate.people import Known

NAME = "Nordvang Energi"
DOMAIN = "nordvang.example"

CAST = (
    Known("Freja Lund Overgaard", "Vindmølletekniker", "Vind og sol", "Hirtshals", weekly=0.8),
    Known("Marianne Holm Bruun", "Kommunikationschef", "Kommunikation", "Aalborg", weekly=0.7),
    Known("Jakob Winther", "Redaktør", "Kommunikation", "Aalborg", weekly=0.5),
    Known("Amina Hedegaard", "Rekrutteringskonsulent", "HR og rekruttering", "Aalborg", weekly=0.9),
    Known("Henrik Bak", "Systemadministrator", "IT og data", "Viborg", weekly=0.1),
    Known("Karen Thygesen", "Driftschef", "Drift og forsyning", "Aalborg", weekly=0.3),
    Known("Yusuf Ibrahim Skov", "Jurist", "Ledelse og jura", "Aalborg", weekly=0.2),
)
FREJA, MARIANNE, JAKOB, AMINA, HENRIK, KAREN, YUSUF = range(len(CAST))
