using System.Text;
using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Testing;

/// <summary>
/// Four problems, each for one kind of test: <c>router</c> climbs from friend to technician and waits there; <c>lift</c> asks three
/// technicians at once, then a relaxed partner; <c>alarm</c> has rungs for one channel and one severity only; <c>queue</c> waits on its one rung.
/// </summary>
public static class TinyCatalogue
{
    public const string Json = """
        {
          "version": 1,
          "currency": "CHF",
          "problems": [
            {
              "name": "router", "title": "Router does not connect", "durationSeconds": 1500,
              "skills": [{"name": "router", "level": 2}],
              "deadlineSeconds": {"low": 28800, "normal": 14400, "high": 7200, "critical": 3600},
              "rungs": [
                {"tier": "friend", "offerSeconds": 40, "budgetSeconds": 420, "radiusMeters": 8000, "price": 3500, "tripPay": 800},
                {"tier": "technician", "offerSeconds": 60, "budgetSeconds": 1800, "radiusMeters": 25000, "price": 11000, "tripPay": 2500, "whenEmpty": "wait"}
              ]
            },
            {
              "name": "lift", "title": "People in a lift", "severity": "critical", "durationSeconds": 3600,
              "skills": [{"name": "lift", "level": 4, "certified": true}],
              "deadlineSeconds": {"low": 28800, "normal": 14400, "high": 7200, "critical": 3600},
              "rungs": [
                {"tier": "technician", "parallel": 3, "offerSeconds": 60, "budgetSeconds": 300, "radiusMeters": 25000, "price": 20000, "tripPay": 2500, "whenEmpty": "wait"},
                {"tier": "partner", "parallel": 2, "offerSeconds": 90, "budgetSeconds": 7200, "radiusMeters": 40000, "relaxLevels": 1, "price": 26000, "tripPay": 4000, "whenEmpty": "wait"}
              ]
            },
            {
              "name": "alarm", "title": "Alarm does not stop", "durationSeconds": 900,
              "skills": [{"name": "alarm", "level": 1}],
              "deadlineSeconds": {"low": 28800, "normal": 14400, "high": 7200, "critical": 3600},
              "rungs": [
                {"tier": "friend", "channels": ["phone"], "offerSeconds": 40, "budgetSeconds": 60, "radiusMeters": 8000, "price": 3000, "tripPay": 500},
                {"tier": "pro", "minSeverity": "high", "offerSeconds": 40, "budgetSeconds": 60, "radiusMeters": 8000, "price": 6000, "tripPay": 900},
                {"tier": "technician", "minSeverity": "normal", "offerSeconds": 60, "budgetSeconds": 600, "radiusMeters": 25000, "price": 9000, "tripPay": 1500, "whenEmpty": "wait"}
              ]
            },
            {
              "name": "queue", "title": "Anything with one rung", "durationSeconds": 600,
              "skills": [{"name": "router", "level": 1}],
              "deadlineSeconds": {"low": 28800, "normal": 14400, "high": 7200, "critical": 3600},
              "rungs": [
                {"tier": "friend", "offerSeconds": 40, "budgetSeconds": 600, "radiusMeters": 8000, "price": 3000, "tripPay": 500, "whenEmpty": "wait"}
              ]
            }
          ]
        }
        """;

    public static readonly Catalogue Value = CatalogueReader.Read(Encoding.UTF8.GetBytes(Json));

    public static Problem Router => Value["router"];

    public static Problem Lift => Value["lift"];

    public static Problem Queue => Value["queue"];
}
