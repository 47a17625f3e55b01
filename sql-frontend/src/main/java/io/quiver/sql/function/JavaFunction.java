package io.quiver.sql.function;

import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.type.QuiverTypeFactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** A Java method as a function of SQL: see {@link FunctionLibrary}. */
public final class JavaFunction extends SqlFunction {
  private final MethodHandle method;
  private final List<RelDataType> parameters;
  private final boolean[] primitive;

  private JavaFunction(String name, Method method, RelDataType result, List<RelDataType> parameters)
      throws IllegalAccessException {
    super(
        name.toUpperCase(Locale.ROOT),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(result),
        (binding, returnType, types) -> {
          for (int i = 0; i < Math.min(types.length, parameters.size()); i++) {
            types[i] = parameters.get(i);
          }
        },
        new Operands(parameters),
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.method = MethodHandles.publicLookup().unreflect(method);
    this.parameters = parameters;
    this.primitive = new boolean[parameters.size()];
    for (int i = 0; i < primitive.length; i++) {
      primitive[i] = method.getParameterTypes()[i].isPrimitive();
    }
  }

  /** Why a method cannot become a function; never one that can. */
  public static final class NotUsableException extends Exception {
    private static final long serialVersionUID = 1L;

    NotUsableException(String message) {
      super(message);
    }
  }

  /**
   * The method of a library.
   *
   * @param reference the name of the library's class, a point, and the method's name
   */
  public static JavaFunction of(String name, String reference) throws NotUsableException {
    int point = reference.lastIndexOf('.');
    String owner = point < 0 ? "" : reference.substring(0, point);
    String wanted = reference.substring(point + 1);
    Class<?> methods = null;
    for (FunctionLibrary library : ServiceLoader.load(FunctionLibrary.class)) {
      if (library.methods().getName().equals(owner)) {
        methods = library.methods();
      }
    }
    if (methods == null) {
      throw new NotUsableException("no library on the class path offers class \"" + owner + "\"");
    }
    List<Method> found =
        Arrays.stream(methods.getMethods())
            .filter(each -> each.getName().equals(wanted) && Modifier.isStatic(each.getModifiers()))
            .toList();
    if (found.size() != 1) {
      throw new NotUsableException(
          found.isEmpty()
              ? "class " + owner + " has no public static method \"" + wanted + "\""
              : "class " + owner + " has " + found.size() + " methods \"" + wanted + "\"");
    }
    return of(name, found.getFirst());
  }

  private static JavaFunction of(String name, Method method) throws NotUsableException {
    List<RelDataType> parameters = new java.util.ArrayList<>();
    for (Class<?> each : method.getParameterTypes()) {
      parameters.add(type(each, method));
    }
    try {
      return new JavaFunction(
          name, method, type(method.getReturnType(), method), List.copyOf(parameters));
    } catch (IllegalAccessException e) {
      throw new NotUsableException("method " + method.getName() + " is not accessible");
    }
  }

  private static RelDataType type(Class<?> type, Method method) throws NotUsableException {
    QuiverTypeFactory types = QuiverTypeFactory.INSTANCE;
    if (type == float[].class) {
      return types.vector(0, VectorElement.FLOAT32, true);
    }
    if (type == BigDecimal.class) {
      return types.createTypeWithNullability(
          types.createSqlType(SqlTypeName.DECIMAL, 38, 10), true);
    }
    SqlTypeName name =
        switch (type.getName()) {
          case "boolean", "java.lang.Boolean" -> SqlTypeName.BOOLEAN;
          case "int", "java.lang.Integer" -> SqlTypeName.INTEGER;
          case "long", "java.lang.Long" -> SqlTypeName.BIGINT;
          case "float", "java.lang.Float" -> SqlTypeName.REAL;
          case "double", "java.lang.Double" -> SqlTypeName.DOUBLE;
          case "java.lang.String" -> SqlTypeName.VARCHAR;
          default ->
              throw new NotUsableException(
                  "method "
                      + method.getName()
                      + " has "
                      + type.getSimpleName()
                      + ", which is no"
                      + " type of SQL here");
        };
    return types.simple(name, true);
  }

  /** The types its arguments are brought into, in the classes of rows. */
  public List<RelDataType> parameters() {
    return parameters;
  }

  /** Whether an argument cannot be null, so that the result is null where it is. */
  public boolean isPrimitive(int parameter) {
    return primitive[parameter];
  }

  /**
   * Calls it.
   *
   * @param arguments of its parameters' classes
   * @throws Throwable what the method throws
   */
  public Optional<Object> call(@Nullable Object[] arguments) throws Throwable {
    return Optional.ofNullable(method.invokeWithArguments(arguments));
  }

  private record Operands(List<RelDataType> parameters) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      for (int i = 0; i < parameters.size(); i++) {
        RelDataType given = binding.getOperandType(i);
        boolean fits =
            given.getSqlTypeName() == SqlTypeName.NULL
                || given.getSqlTypeName() == SqlTypeName.UNKNOWN
                || SqlTypeUtil.canCastFrom(parameters.get(i), given, false);
        if (!fits) {
          if (throwOnFailure) {
            throw binding.newValidationSignatureError();
          }
          return false;
        }
      }
      return true;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(parameters.size());
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + parameters.stream().map(RelDataType::toString).toList();
    }
  }
}
