"""An interrupt ends the run, whatever it was made into on its way."""


def pass_on_interrupt(error: BaseException) -> None:
    """Raise the interrupt that caused an error, if one did.

    Before Python 3.12, what is raised while a class is made (an enumeration, as a module is loaded) comes out as a
    `RuntimeError` that names it as its cause. Whoever takes any exception for a failure asks here first.

    Raises:
        KeyboardInterrupt: it did.
    """
    cause = error.__cause__
    while cause is not None:
        if isinstance(cause, KeyboardInterrupt):
            raise cause
        cause = cause.__cause__
