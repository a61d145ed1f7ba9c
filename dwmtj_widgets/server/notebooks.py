"""The package's notebooks, by name or path."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def notebooks_folder() -> Path:
    """Return the folder with the notebooks of the package.

    Returns
    -------
    pathlib.Path
        `dwmtj_widgets/notebooks` in an installed package, `notebooks` beside the package in a checkout.

    Raises
    ------
    FileNotFoundError
        If there is neither of the two.
    """
    for folder in (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The notebooks of dwmtj-widgets are missing: neither {_PACKAGE / 'notebooks'} nor "
        f"{_PACKAGE.parent / 'notebooks'} is a folder. Install the package again."
    )


def notebook_names() -> list[str]:
    """Return the names of the notebooks of the package, those in folders as "folder/name"."""
    folder = notebooks_folder()
    return sorted(
        found.relative_to(folder).with_suffix("").as_posix()
        for found in folder.rglob("*.ipynb")
        if ".ipynb_checkpoints" not in found.parts
    )


def find_notebook(notebook: str | Path) -> Path:
    """Return the notebook file for a name or a path.

    Parameters
    ----------
    notebook : str or pathlib.Path
        The path of an `.ipynb` file, or the name of a notebook of the package ("recall_lab", "lessons/storing").

    Returns
    -------
    pathlib.Path
        The absolute path of the file.

    Raises
    ------
    FileNotFoundError
        If there is no such file; the sentence lists the valid names.
    """
    if Path(notebook).suffix == ".ipynb":
        path = Path(notebook).expanduser().resolve()
        if path.is_file():
            return path
        raise FileNotFoundError(f"There is no notebook {str(path)!r}.")
    folder, names = notebooks_folder(), notebook_names()
    # Only a name from the list is joined to the folder, so that "../x" leads nowhere.
    if str(notebook) in names:
        return folder / f"{notebook}.ipynb"
    listed = ", ".join(names) if names else "none at all"
    raise FileNotFoundError(f"There is no notebook named {str(notebook)!r} in {folder}; there are: {listed}.")


def title_of(notebook: Path) -> str:
    """Return the title of a notebook file ("recall_lab.ipynb" is "Recall Lab")."""
    return notebook.stem.replace("_", " ").title()
