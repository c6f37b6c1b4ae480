package org.captionary.app.problem;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.captionary.app.door.Roles;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Small doors to try every way of being turned away. */
@Path("/test-doors")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TestDoors {

  /** How examples are mixed. */
  public enum Shuffle {
    none,
    captions
  }

  /** Parameters by annotation. */
  public static class Paging {
    @RestQuery public Integer size;

    @QueryParam("shuffle-by")
    public Shuffle shuffle;

    @RestQuery public List<String> word;
  }

  /** A body with every kind of key. */
  public record Recipe(String captions, int limit, Boolean startEnd, Shuffle shuffle, Inner inner) {
    public Recipe {
      if (limit > 100) {
        throw new IllegalArgumentException("limit is 100 at most, not " + limit);
      }
    }
  }

  /** A key below a key. */
  public record Inner(List<Integer> numbers) {}

  @GET
  @Path("/trainer")
  @RolesAllowed(Roles.TRAINER)
  public Map<String, String> trainer() {
    return Map.of("for", "trainers");
  }

  @GET
  @Path("/admin")
  @RolesAllowed(Roles.ADMIN)
  public Map<String, String> admin(@RestQuery String known) {
    return Map.of("for", "admins");
  }

  @GET
  @Path("/unannotated")
  public String unannotated() {
    return "never seen";
  }

  @GET
  @Path("/numbers/{n}")
  @RolesAllowed(Roles.TRAINER)
  public Map<String, Long> number(@RestPath long n) {
    return Map.of("n", n);
  }

  @GET
  @Path("/uuids/{id}")
  @RolesAllowed(Roles.TRAINER)
  public Map<String, String> uuid(@PathParam("id") UUID id) {
    return Map.of("id", id.toString());
  }

  @GET
  @Path("/parameters")
  @RolesAllowed(Roles.TRAINER)
  public Map<String, String> parameters(
      @BeanParam Paging paging, @QueryParam("seed") Optional<Long> seed, @RestQuery boolean exact) {
    return Map.of(
        "seen", paging.size + " " + paging.shuffle + " " + paging.word + " " + seed + " " + exact);
  }

  @POST
  @Path("/bodies")
  @RolesAllowed(Roles.TRAINER)
  public Recipe body(Recipe recipe) {
    return recipe;
  }

  @GET
  @Path("/broken")
  @RolesAllowed(Roles.TRAINER)
  public String broken() {
    throw new IllegalStateException("the innermost secret");
  }

  /** Fails when so many bytes are written. */
  @GET
  @Path("/torn")
  @RolesAllowed(Roles.TRAINER)
  public StreamingOutput torn(@RestQuery int bytes) {
    return out -> {
      out.write(new byte[bytes]);
      throw ProblemException.notFound("preparation", "torn");
    };
  }

  /** Its database goes away when so many bytes are written. */
  @GET
  @Path("/cut-off")
  @RolesAllowed(Roles.TRAINER)
  @Produces("text/plain")
  public StreamingOutput cutOff(@RestQuery int bytes) {
    return out -> {
      out.write(new byte[bytes]);
      throw new IllegalStateException(new SQLException("gone", "08006"));
    };
  }

  @GET
  @Path("/conflict")
  @RolesAllowed(Roles.TRAINER)
  public String conflict() {
    throw ProblemException.conflict("name", "flickr", "A data set of this name has other photos");
  }
}
