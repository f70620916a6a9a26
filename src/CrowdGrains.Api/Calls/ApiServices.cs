using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Calls;

/// <summary>What endpoints work with; one for the whole interface.</summary>
internal sealed record ApiServices(IDispatchEngine Engine, IStore Store, ReadModel Reads, KeyRing Keys, KeptAnswers Answers, ApiOptions Options);
