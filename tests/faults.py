"""Small faults for source code, and a witness of how its conditions come out; see tests.mutants."""

import ast
import copy

TURNED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,), ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip


class Forge(ast.NodeTransformer):
    """Counts the faults a file can be given, and plants the one of a number."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.count, self.what = wanted, 0, ""
        self.depth, self.inside = 0, False  # whether the fault lies in the body of a function

    def _hit(self, node: ast.AST, what: str) -> bool:
        here, self.count = self.count == self.wanted, self.count + 1
        if here:
            self.what, self.inside = f"line {getattr(node, 'lineno', 0)}: {what}", self.depth > 0
        return here

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for place, operator in enumerate(node.ops):
            for other in TURNED.get(type(operator), ()):
                if self._hit(node, f"{type(operator).__name__} -> {other.__name__}"):
                    node = copy.deepcopy(node)
                    node.ops[place] = other()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if _is_type(node):
            return node
        for other in TURNED.get(type(node.op), ()):
            if self._hit(node, f"{type(node.op).__name__} -> {other.__name__}"):
                return ast.copy_location(ast.BinOp(node.left, other(), node.right), node)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        for other in TURNED[type(node.op)]:
            if self._hit(node, f"{type(node.op).__name__} -> {other.__name__}"):
                return ast.copy_location(ast.BoolOp(other(), node.values), node)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not | ast.USub) and self._hit(node, f"without {type(node.op).__name__}"):
            return node.operand
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        for other in TURNED.get(type(node.op), ()):
            if self._hit(node, f"{type(node.op).__name__}= -> {other.__name__}="):
                return ast.copy_location(ast.AugAssign(node.target, other(), node.value), node)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is bool and self._hit(node, f"{node.value} -> {not node.value}"):
            return ast.copy_location(ast.Constant(not node.value), node)
        if type(node.value) is int and self._hit(node, f"{node.value} -> {node.value + 1}"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """Without guards of length and the width of arithmetic, which no figure can show."""
        return node if node.arg in ("strict", "prec") else self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        return self._fixed(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return self._fixed(node)

    def _fixed(self, node: ast.If | ast.IfExp) -> ast.AST:
        for value in (True, False):
            if self._hit(node, f"condition always {value}"):
                node.test = ast.copy_location(ast.Constant(value), node.test)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if node.value is not None and not _is_none(node.value) and self._hit(node, "returns nothing"):
            return ast.copy_location(ast.Return(ast.Constant(None)), node)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):  # a docstring
            return node
        self.generic_visit(node)
        return ast.copy_location(ast.Pass(), node) if self._hit(node, "left out") else node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return ast.copy_location(ast.Pass(), node) if self._hit(node, "does not refuse") else node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.defaults = [self.visit(value) for value in node.defaults]
        node.kw_defaults = [None if value is None else self.visit(value) for value in node.kw_defaults]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.args = self.visit(node.args)
        self.depth += 1
        node.body = [self.visit(statement) for statement in node.body]
        self.depth -= 1
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(statement) for statement in node.body]
        return node


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_type(node: ast.BinOp) -> bool:
    """`int | None` and the like."""
    return isinstance(node.op, ast.BitOr)


class Witness(ast.NodeTransformer):
    """Notes how every condition came out and which functions and handlers ran."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def _note(self, node: ast.AST, kind: str) -> ast.Constant:
        name = f"{node.lineno}:{node.col_offset}:{kind}"
        self.places[name] = kind
        return ast.Constant(name)

    def _watched(self, test: ast.expr, kind: str) -> ast.expr:
        call = ast.Call(ast.Name("__came_out__", ast.Load()), [self._note(test, kind), test], [])
        return ast.copy_location(call, test)

    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            if not (isinstance(node.test, ast.Constant) and node.test.value is True):
                node.test = self._watched(node.test, "condition")
        elif isinstance(node, ast.comprehension):
            node.ifs = [self._watched(test, "filter") for test in node.ifs]
        elif isinstance(node, ast.FunctionDef | ast.ExceptHandler):
            run = ast.Expr(ast.Call(ast.Name("__came_out__", ast.Load()), [
                self._note(node, "ran"), ast.Constant(True)], []))  # fmt: skip
            documented = isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None
            node.body.insert(int(documented), ast.copy_location(run, node.body[0]))
        return node
