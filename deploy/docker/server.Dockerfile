# syntax=docker/dockerfile:1
# The server of one town: docker build -f deploy/docker/server.Dockerfile -t crowdgrains .
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
# The console is built by Vite.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src src
RUN --mount=type=cache,target=/root/.nuget/packages --mount=type=cache,target=/root/.npm \
    dotnet publish src/CrowdGrains.Server -c Release -v quiet -o /app
RUN mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
# 1654 is the user "app" of the image.
COPY --from=build --chown=1654:1654 /data /data
USER 1654
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "crowdgrains.dll", "health", "--urls", "http://0.0.0.0:8080"]
ENTRYPOINT ["dotnet", "crowdgrains.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:8080", "--data", "/data"]
