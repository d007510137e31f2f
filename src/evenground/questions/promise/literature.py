"""Where methods and inferences come from, as findings and commands cite them."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.questions.promise.measures.evaluation.effect import Inference, Method

_AER = "American Economic Review"
_JASA = "Journal of the American Statistical Association"
METHODS: Mapping[Method, tuple[str, ...]] = {
    Method.SDID: (f"Arkhangelsky, Athey, Hirshberg, Imbens & Wager 2021, {_AER} 111, 4088–4118",),
    Method.SC: (f"Abadie, Diamond & Hainmueller 2010, {_JASA} 105, 493–505",),
    Method.DID: (f"Card & Krueger 1994, {_AER} 84, 772–793",),
    Method.ASCM: (f"Ben-Michael, Feller & Rothstein 2021, {_JASA} 116, 1789–1803",),
    Method.CS: (
        "Callaway & Sant'Anna 2021, Journal of Econometrics 225, 200–230",
        "Goodman-Bacon 2021, Journal of Econometrics 225, 254–277",
    ),
    Method.BJS: ("Borusyak, Jaravel & Spiess 2024, Review of Economic Studies 91, 3253–3285",),
    Method.ITS: (
        "Bernal, Cummins & Gasparrini 2017, International Journal of Epidemiology 46, 348–355",
        "Turner, Forbes, Karahalios et al. 2021, BMC Medical Research Methodology 21, 181",
    ),
}
NAMES: Mapping[Method, str] = {
    Method.SDID: "Synthetic difference-in-differences",
    Method.SC: "Synthetic control",
    Method.DID: "Difference-in-differences",
    Method.ASCM: "Augmented synthetic control",
    Method.CS: "Group-time average treatment effects",
    Method.BJS: "Imputation",
    Method.ITS: "Interrupted time series",
}
INFERENCES: Mapping[Inference, tuple[str, ...]] = {
    Inference.ENUMERATE: (
        f"Abadie, Diamond & Hainmueller 2010, {_JASA} 105, 493–505",
        "Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9, 39",
    ),
    Inference.PERMUTE: ("Fisher 1935, The Design of Experiments",),
    Inference.BLOCK_CONFORMAL: (f"Chernozhukov, Wüthrich & Zhu 2021, {_JASA} 116, 1849–1864",),
    Inference.CLUSTER: ("Cameron & Miller 2015, Journal of Human Resources 50, 317–372",),
    Inference.WILD_BOOTSTRAP: (
        "Cameron, Gelbach & Miller 2008, Review of Economics and Statistics 90, 414–427",
    ),
    Inference.HAC: (
        "Newey & West 1987, Econometrica 55, 703–708",
        "Bell & McCaffrey 2002, Survey Methodology 28, 169–181",
    ),
}


def literature(method: Method, inference: Inference) -> tuple[str, ...]:
    """Return what an effect's method and inference rest on, each once."""
    return tuple(dict.fromkeys((*METHODS[method], *INFERENCES[inference])))
