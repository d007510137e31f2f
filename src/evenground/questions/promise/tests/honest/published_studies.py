"""Two published event studies: the ones that the authors' own pages analyse."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def study(betas, lower, n_pre):
    """Return coefficients and the covariance whose lower triangle is given."""
    covariance = np.zeros((len(betas), len(betas)))
    for row, values in enumerate(lower):
        covariance[row, : len(values)] = covariance[: len(values), row] = values
    return SimpleNamespace(betas=np.array(betas), covariance=covariance, n_pre=n_pre)


def medicaid():
    """Medicaid expansions and insurance, 2008-2012 and 2014-2015 against 2013.

    Two-way fixed effects on 43 states from the public file ehec_data.dta (Mixtape Sessions,
    Advanced DID), errors clustered by state; as in the README of the R package HonestDiD.
    """
    return study(
        [
            -0.005285354533,
            -0.01129732465,
            -0.002675991812,
            -0.001419312252,
            0.000339663519,
            0.04644685416,
            0.06920617548,
        ],
        [
            [7.488483636e-05],
            [6.039874096e-05, 7.266500617e-05],
            [4.444619818e-05, 3.789330221e-05, 5.05205194e-05],
            [3.385764706e-05, 2.866578025e-05, 2.673679432e-05, 4.003222026e-05],
            [4.328011255e-05, 4.543320628e-05, 2.778193568e-05, 2.412859976e-05, 5.462662207e-05],
            [
                4.765880479e-05,
                4.428850119e-05,
                3.060644109e-05,
                2.380868209e-05,
                3.682531052e-05,
                8.375668825e-05,
            ],
            [
                2.4251287e-05,
                2.824655043e-05,
                9.637533883e-06,
                2.923878143e-06,
                9.722947502e-06,
                6.321397963e-05,
                0.000107123523,
            ],
        ],
        5,
    )


def french_restaurants():
    """Benzarti and Carloni (2019), American Economic Journal: Economic Policy 11 (1), 38-63.

    Profits of French restaurants after a tax cut; as handed out with the R package HonestDiD.
    """
    return study(
        [
            0.006696351804,
            0.02934503369,
            -0.006472972222,
            0.0730149895,
            0.1959611177,
            0.3120639026,
            0.2395415455,
            0.1260425001,
        ],
        [
            [0.0008428358124],
            [0.0004768686777, 0.0006425420288],
            [0.0002618051076, 0.0003987425007, 0.0005229949602],
            [0.0002354220342, 0.0002435515198, 0.000211768609, 0.0003089595411],
            [0.0001676371467, 0.0002201960306, 0.0001840722252, 0.0001197866077, 0.000359970436],
            [
                0.0001128707663,
                0.0001804591157,
                0.000145852784,
                0.0001334081317,
                0.0002478818642,
                0.0004263949813,
            ],
            [
                1.992816215e-05,
                3.84376508e-05,
                7.005197403e-05,
                0.0001016335009,
                0.0001749579242,
                0.0002171437809,
                0.0004886697861,
            ],
            [
                -0.0001368265366,
                -2.960421989e-05,
                5.952994979e-05,
                0.0001079051726,
                0.0001654256921,
                0.0002892747871,
                0.0003805322049,
                0.000761739444,
            ],
        ],
        4,
    )
