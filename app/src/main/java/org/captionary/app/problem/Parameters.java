package org.captionary.app.problem;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The parameters of one kind that a resource method declares, by name: its own, and those of its
 * {@code @BeanParam} classes and records, to any depth.
 */
final class Parameters {

  private final Map<String, Parameter> byName = new TreeMap<>();
  private final Function<AnnotatedElement, Optional<String>> name;

  private Parameters(Method method, Function<AnnotatedElement, Optional<String>> name) {
    this.name = name;
    for (java.lang.reflect.Parameter parameter : method.getParameters()) {
      declare(parameter, parameter.getName(), parameter.getParameterizedType());
    }
  }

  static Parameters ofQuery(Method method) {
    return new Parameters(method, Parameters::queryName);
  }

  static Parameters ofPath(Method method) {
    return new Parameters(method, Parameters::pathName);
  }

  Set<String> names() {
    return byName.keySet();
  }

  Optional<Parameter> find(String parameter) {
    return Optional.ofNullable(byName.get(parameter));
  }

  private void declare(AnnotatedElement element, String ownName, Type type) {
    if (element.isAnnotationPresent(BeanParam.class)) {
      declareFieldsOf(rawType(type));
    }
    name.apply(element)
        .map(given -> given.isEmpty() ? ownName : given)
        .ifPresent(given -> byName.put(given, parameter(given, type)));
  }

  private void declareFieldsOf(Class<?> bean) {
    for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        declare(field, field.getName(), field.getGenericType());
      }
    }
  }

  private static Parameter parameter(String name, Type type) {
    Class<?> raw = rawType(type);
    boolean many = Collection.class.isAssignableFrom(raw) || raw.isArray();
    boolean wrapped = many || raw == Optional.class;
    return new Parameter(name, new ParameterKind(wrapped ? elementType(type) : raw), many);
  }

  private static Class<?> rawType(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : type instanceof Class<?> plain ? plain : Object.class;
  }

  private static Class<?> elementType(Type type) {
    if (type instanceof Class<?> array && array.isArray()) {
      return array.getComponentType();
    }
    Type[] arguments =
        type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
    return Arrays.stream(arguments)
        .findFirst()
        .<Class<?>>map(Parameters::rawType)
        .orElse(Object.class);
  }

  private static Optional<String> queryName(AnnotatedElement element) {
    return value(element, QueryParam.class, QueryParam::value)
        .or(() -> value(element, RestQuery.class, RestQuery::value));
  }

  private static Optional<String> pathName(AnnotatedElement element) {
    return value(element, PathParam.class, PathParam::value)
        .or(() -> value(element, RestPath.class, RestPath::value));
  }

  private static <A extends Annotation> Optional<String> value(
      AnnotatedElement element, Class<A> annotation, Function<A, String> value) {
    return Optional.ofNullable(element.getAnnotation(annotation)).map(value);
  }
}
