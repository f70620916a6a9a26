using System.Text;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Tests.Scenarios;

/// <summary>A city of two cells, one of them hot.</summary>
internal static class ScenarioStage
{
    public const string Cold = "882a100893fffff";
    public const string Hot = "882a100d61fffff";

    public const string Json = $$"""
        {
          "name": "two-cells", "source": "made up", "rate": 20, "seconds": 10, "seed": 7, "skew": 1.5,
          "hotCell": { "cell": "{{Hot}}", "demandShare": 0.25, "supplyShare": 0.5 },
          "helpers": {
            "count": 100, "skillsEach": 2, "radiusMeters": 8000, "tiers": { "friend": 3, "technician": 1 }, "reportSeconds": 15,
            "acceptProbability": 0.9, "thinkSeconds": 0.2, "travelSeconds": 2, "onSiteSeconds": 2, "resolvedProbability": 0.95
          },
          "problems": {
            "router-setup": { "weight": 3, "skill": "router", "level": 2 },
            "fibre-socket": { "weight": 1, "skill": "line", "level": 3, "certified": true }
          },
          "cells": { "{{Cold}}": 1e9, "{{Hot}}": 0.001 }
        }
        """;

    public static Scenario Read() => ScenarioReader.Read(Encoding.UTF8.GetBytes(Json));
}
