# syntax=docker/dockerfile:1
# A silo of a cluster, and its migrations: docker build -f deploy/docker/silo.Dockerfile -t crowdgrains-silo .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src src
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/CrowdGrains.Silo -c Release -v quiet -p:Cluster=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
# 1654 is the user "app" of the image.
USER 1654
ENV CROWDGRAINS_URLS=http://0.0.0.0:8080
EXPOSE 8080 11111 30000
# It drains when it is asked to end, up to a minute: give it 90 seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "crowdgrains-silo.dll", "health"]
ENTRYPOINT ["dotnet", "crowdgrains-silo.dll"]
