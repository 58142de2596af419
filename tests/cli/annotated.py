"""AnnData of a matrix, alike in all versions."""

import anndata


def annotated(x, obs, var) -> anndata.AnnData:
    """Keeps the type of x, which AnnData 0.8 would make float32 if the constructor were given it."""
    data = anndata.AnnData(obs=obs, var=var)
    data.X = x
    return data
