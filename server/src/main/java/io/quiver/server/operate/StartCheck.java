package io.quiver.server.operate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps a server from starting though each option has a value that is allowed: files that are
 * not there, a port that is taken, an address that needs TLS. All of it is found at once.
 */
final class StartCheck {
  private final ServerConfig config;
  private final List<String> problems = new ArrayList<>();

  private StartCheck(ServerConfig config) {
    this.config = config;
  }

  static List<String> problems(ServerConfig config) {
    StartCheck check = new StartCheck(config);
    check.directories();
    check.password();
    check.certificate();
    check.address();
    return check.problems;
  }

  private void directories() {
    Path database = path(ServerOption.DIR);
    if (Files.exists(database)) {
      if (!Files.isDirectory(database)) {
        problems.add("dir is " + database + ", which is no directory");
      } else if (!Files.isWritable(database)) {
        problems.add("dir is " + database + ", which cannot be written to");
      }
    }
    Path audit = path(ServerOption.AUDIT_LOG).toAbsolutePath();
    Path folder = audit.getParent();
    if (isGiven(ServerOption.AUDIT_LOG) && (folder == null || !Files.isWritable(folder))) {
      problems.add("audit_log is " + audit + ", in a folder that cannot be written to");
    }
    if (isGiven(ServerOption.BACKUP_DIR) && !Files.isDirectory(path(ServerOption.BACKUP_DIR))) {
      problems.add("backup_dir is " + path(ServerOption.BACKUP_DIR) + ", which is no directory");
    }
  }

  private void password() {
    if (isReadable(ServerOption.ADMIN_PASSWORD_FILE)) {
      Path file = path(ServerOption.ADMIN_PASSWORD_FILE);
      try {
        if (Files.readString(file).isBlank()) {
          problems.add("admin_password_file is " + file + ", which is empty");
        }
      } catch (IOException e) {
        problems.add("admin_password_file is " + file + ", which cannot be read: " + e);
      }
    }
  }

  private void certificate() {
    boolean certificate = isGiven(ServerOption.TLS_CERTIFICATE);
    boolean key = isGiven(ServerOption.TLS_KEY);
    if (certificate != key) {
      problems.add("tls_certificate and tls_key are given together or not at all");
    }
    if (certificate && config.truth(ServerOption.TLS_SELF_SIGNED)) {
      problems.add("tls_self_signed makes a certificate, and tls_certificate gives one");
    }
    if (isReadable(ServerOption.TLS_CERTIFICATE) & isReadable(ServerOption.TLS_KEY)) {
      try {
        Certificates.of(path(ServerOption.TLS_CERTIFICATE), path(ServerOption.TLS_KEY));
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        problems.add("tls_certificate and tls_key cannot be used: " + e.getMessage());
      }
    }
  }

  private void address() {
    String host = config.text(ServerOption.HOST);
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      problems.add("host " + host + " is not an address of this machine");
      return;
    }
    if (!address.isLoopbackAddress() && !config.hasTls() && !config.truth(ServerOption.INSECURE)) {
      problems.add(
          "host "
              + host
              + " is reached by others, and there is no TLS: give tls_certificate and tls_key,"
              + " or --insecure to send passwords and data in the clear");
    }
    String port = config.text(ServerOption.PORT);
    if (ServerOption.PORT.takes(port)) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, Integer.parseInt(port)));
      } catch (IOException e) {
        problems.add("port " + port + " of " + host + " cannot be listened on: " + e.getMessage());
      }
    }
  }

  private Path path(ServerOption option) {
    return Path.of(config.text(option));
  }

  private boolean isGiven(ServerOption option) {
    return !config.text(option).isEmpty();
  }

  /** Whether there is a file to look at; says so where one is named that cannot be read. */
  private boolean isReadable(ServerOption file) {
    if (!isGiven(file)) {
      return false;
    }
    boolean readable = Files.isReadable(path(file));
    if (!readable) {
      problems.add(file.plainName() + " is " + config.text(file) + ", which cannot be read");
    }
    return readable;
  }
}
