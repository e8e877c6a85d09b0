"""blocks.validate: the rules as a method."""

from sandbox.api.call import Call, method, refuse
from sandbox.kinds import Json
from sandbox.rules import Problem, check_message, check_view


@method("blocks.validate", tier="free")
def validate(call: Call) -> Json:
    """What is wrong with `blocks`, a `message` or a `view`; `errors` is empty when nothing is."""
    args = call.args
    if args.has("view"):
        problems = check_view(args.structure("view"), "")
    elif args.has("message"):
        problems = check_message(args.structure("message") or {})
    elif args.has("blocks"):
        found = check_message({"text": "-", "blocks": args.structure("blocks")})
        problems = [_at_blocks(each) for each in found]
    else:
        refuse("invalid_arguments", [Problem("", "missing", "give blocks, message or view")])
        return {}
    return {"is_valid": not problems, "errors": [each.as_json() for each in problems]}


def _at_blocks(problem: Problem) -> Problem:
    return Problem(problem.pointer.removeprefix("/blocks"), problem.code, problem.message)
