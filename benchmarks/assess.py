"""Time `assess` with its full explanation against a hand-written if-chain of the same rules.

The chain answers one complete situation under one set of readings; `assess` answers every
situation that fits the answers, says what is missing, why, and on which points it depends. Both
are run on the same cases, agreement first. To give the three-valued answer alone, the chain must
be run on every completion: that is the second ratio.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import time

import traite_kb as kb
from traite_kb.model import Fact, Point, Stage

OUT, LACKS, MET, OPEN = "hors_champ", "condition_manquante", "conditions_reunies", "a_verifier"


def if_chain(f: dict, r: dict) -> dict[str, str]:
    """Conclude on the six stages of a complete situation."""
    foreign = f["nationalite"] != "francaise"
    european = f["nationalite"] == "ue_eee_suisse"
    if r["famille_europeenne"] == "fiche":
        if foreign and f["famille_europeen"] != "aucun_lien" and f["vit_avec_europeen"]:
            european = True
    elif foreign and f["famille_europeen"] == "proche_l200_4":
        european = True
    algerian = f["nationalite"] == "algerienne"
    outside = european or (algerian and r["algeriens"] == "accord_seul")
    outside_period = european or (algerian and r["algeriens_et_delai"] == "accord_seul")
    listed = f["infraction"] in ("traite", "proxenetisme", "requalifiee")
    if f["infraction"] == "qualification_discutee":
        listed = r["qualification_des_faits"] == "accusation"
    if f["infraction"] == "esclavage":
        listed = r["esclavage"] == "fiche"
    reached = (
        f["lieu_des_faits"] == "en_france"
        or f["personne_poursuivie"]
        or r["faits_a_l_etranger"] == "texte"
    )
    accused = f["personne_poursuivie"] or f["saisine"] == "personne_designee"
    if f["saisine"] == "contre_x" and r["plainte_contre_x"] == "suffit":
        accused = True
    complaint = f["plainte_deposee"] and listed and reached and accused
    if r["poursuites_et_plainte"] == "fiche":
        complaint = complaint and f["personne_poursuivie"]
    state = f["procedure_penale"]
    if state == "plainte_retiree" and r["retrait_de_la_plainte"] == "cooperation_exigee":
        complaint = False
    doors = complaint or (f["temoignage"] and listed and f["personne_poursuivie"])
    running = state in ("ouverte", "plainte_retiree", "condamnation_non_definitive")
    if state == "classee" and r["classement_sans_suite"] == "procedure_continue":
        running = True
    in_time = running or state == "aucune" or r["demande_apres_procedure"] == "texte"
    broken = True
    if f["contact_auteur"]:
        broken = f["contact_impose"] and r["contact_impose_et_rupture"] == "initiative"
    if f["autre_lien_auteur"] and r["contact_ou_lien"] == "code":
        broken = False
    safe = not f["menace_ordre_public"]
    common = foreign and doors and broken and safe
    regular = f["sejour_regulier"] or r["sejour_regulier_resident"] == "fiche"
    break_kept = broken or r["rupture_et_carte_resident"] == "condamnation_suffit"
    capped = f["trois_renouvellements"] and r["quatrieme_renouvellement"] == "plafond"
    sixteen = (
        f["age"] == "seize_dix_sept" and f["souhaite_travail_formation"] and common and in_time
    )
    eighteen = (
        foreign
        and f["age"] == "majeur"
        and f["reconnu_victime_mineur"]
        and r["titre_a_dix_huit_ans"] == "fiche"
    )
    convicted = state == "condamnation_definitive"
    if state == "condamnation_partielle":
        convicted = r["une_condamnation_sur_plusieurs"] == "une_suffit"
    if state == "condamnation_autre_infraction":
        convicted = r["condamnation_autre_infraction"] == "toute_condamnation"
    ground = f["menace_ordre_public"] or not broken or f["infractions_liste"]
    if f["engagement_republicain"] == "manquement" and not algerian:
        ground = True
    if r["motifs_de_retrait"] == "anciens_motifs":
        ground = ground or f["lien_renoue_initiative"] or f["plainte_tenue_pour_fausse"]
    waived = f["delai_choix"] == "renonce" and f["delai_propose"]
    spent = f["recepisse_reflexion"] == "expire_ou_retire"
    met = {
        "delai_reflexion": foreign and f["motifs_raisonnables"] and not waived and not spent,
        "premiere_carte": common and f["age"] == "majeur" and in_time,
        "renouvellement": f["carte_delivree"] and common and running and not capped,
        "retrait": f["carte_delivree"] and ground,
        "carte_resident": foreign and doors and convicted and regular and break_kept and safe,
        "mineur": sixteen or eighteen,
    }
    away = dict.fromkeys(met, outside) | {"retrait": False, "delai_reflexion": outside_period}
    return {stage: OUT if away[stage] else MET if holds else LACKS for stage, holds in met.items()}


def complete(proc: kb.Procedure, rng: random.Random) -> tuple[dict, dict]:
    """Draw a possible and complete situation with a reading of every point."""
    while True:
        facts = {name: rng.choice(fact.domain) for name, fact in proc.of(Fact).items()}
        readings = {name: rng.choice(list(p.readings)) for name, p in proc.of(Point).items()}
        try:
            kb.assess(kb.Case.known(proc, facts=facts, readings=readings))
        except kb.CaseError:
            continue
        return facts, readings


def clocked(act, runs: int) -> float:
    """Give the median time of one call, in microseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1e6)
    return statistics.median(times)


def completions(proc: kb.Procedure, facts: dict, readings: dict, limit: int):
    """Give the completions of a case by the chain's own means, up to a limit."""
    free = [n for n in proc.of(Fact) if n not in facts]
    points = [n for n in proc.of(Point) if n not in readings]
    domains = [proc.of(Fact)[n].domain for n in free]
    domains += [tuple(proc.of(Point)[n].readings) for n in points]
    for values in itertools.islice(itertools.product(*domains), limit):
        chosen = dict(zip([*free, *points], values, strict=True))
        yield (
            {**facts, **{n: chosen[n] for n in free}},
            {**readings, **{n: chosen[n] for n in points}},
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    arguments = parser.parse_args()
    proc, rng = kb.open_procedure(), random.Random(1)
    stages = list(proc.of(Stage))
    drawn = [complete(proc, rng) for _ in range(arguments.cases)]
    for facts, readings in drawn:
        view = kb.assess(kb.Case.known(proc, facts=facts, readings=readings))
        assert {s: view[s].conclusion for s in stages} == if_chain(facts, readings)
    print(f"agreement: {len(drawn)} complete situations, {len(stages)} stages each, no difference")

    facts, readings = drawn[0]
    chain = clocked(lambda: if_chain(facts, readings), 2000)
    print(
        f"{'answers given':>14} {'assess':>10} {'+ explain':>10} {'if-chain':>10} {'ratio':>8}"
        "   completions x if-chain"
    )
    for given in (len(facts), 20, 12, 6, 0):
        known = dict(list(facts.items())[:given])
        case = kb.Case.known(proc, facts=known, readings=readings if given == len(facts) else {})
        kb.assess(case)
        plain = clocked(lambda case=case: kb.assess(case), 20)
        whole = clocked(lambda case=case: kb.explain(kb.assess(case)), 20)
        number = 1
        for name, fact in proc.of(Fact).items():
            number *= 1 if name in known else len(fact.domain)
        for point in proc.of(Point).values():
            number *= 1 if case.readings else len(point.readings)
        # Some are measured, all are multiplied out: a million million cannot be waited for.
        some = list(completions(proc, known, dict(case.readings), 500))
        one = clocked(lambda some=some: [if_chain(*s) for s in some], 5) / len(some)
        print(
            f"{given:>14} {plain:>8.0f} µs {whole:>8.0f} µs {chain:>8.2f} µs {whole / chain:>8.0f}"
            f"   {number:.1e} x {one:.2f} µs = {number * one / 1e6:.1e} s"
        )


if __name__ == "__main__":
    main()
