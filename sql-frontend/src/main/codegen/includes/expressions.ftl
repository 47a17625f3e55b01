<#-- Types and expressions. Included in the grammar, so everything here is JavaCC. -->

/** A type that takes arguments in parentheses and is named by no keyword: VECTOR(3, FLOAT16). */
SqlTypeNameSpec SizedTypeName() :
{
    final SqlIdentifier name;
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    final Span s;
}
{
    <IDENTIFIER> { s = span(); name = new SqlIdentifier(unquotedIdentifier(), getPos()); }
    <LPAREN> TypeArgument(arguments) ( <COMMA> TypeArgument(arguments) )* <RPAREN>
    { return TypeNames.sized(name, arguments, s.end(this)); }
}

void TypeArgument(List<SqlNode> list) :
{
    final SqlNode e;
}
{
    (
        e = NumericLiteral()
    |
        e = SimpleIdentifier()
    )
    { list.add(e); }
}

/** VECTOR '[1,2,3]': a literal of a type named by no keyword. */
SqlNode TypedLiteral() :
{
    final SqlIdentifier name;
    final SqlNode text;
    final Span s;
}
{
    LOOKAHEAD({ TypeNames.hasLiterals(getToken(1).image) && getToken(2).kind == QUOTED_STRING })
    <IDENTIFIER> { s = span(); name = new SqlIdentifier(unquotedIdentifier(), getPos()); }
    text = StringLiteral()
    { return TypeNames.literal(name, text, s.end(this)); }
}

/** Infix "::" of PostgreSQL. */
void CastOperator(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType() {
        list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.CAST, s.pos()));
        list.add(type);
    }
}

/** a <-> b and its three sisters. */
void DistanceOperation(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    (
        <L2_OPERATOR> { op = InfixOperators.L2_DISTANCE; }
    |
        <COSINE_OPERATOR> { op = InfixOperators.COSINE_DISTANCE; }
    |
        <INNER_PRODUCT_OPERATOR> { op = InfixOperators.INNER_PRODUCT_DISTANCE; }
    |
        <L1_OPERATOR> { op = InfixOperators.L1_DISTANCE; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}
