using Portal.Identity;
using Portal.Identity.ApiKeys;

namespace EndToEnd.Tests;

/// <summary>Everybody who may come to the portal.</summary>
public enum Persona
{
    Anonymous,
    Customer,
    OtherCustomer,
    Agent,
    Marketer,
    Manager,
    Administrator,
}

/// <summary>Who may do what, written down a second time on purpose: a slip in the policies shows here.</summary>
public static class Permitted
{
    private static readonly IReadOnlyDictionary<string, Persona[]> Matrix = new Dictionary<string, Persona[]>
    {
        [Policies.SignedIn] = [.. Enum.GetValues<Persona>().Except([Persona.Anonymous])],
        [Policies.Customer] = [Persona.Customer, Persona.OtherCustomer],
        [Policies.Staff] = [Persona.Agent, Persona.Marketer, Persona.Manager, Persona.Administrator],
        [Policies.Desk] = [Persona.Agent, Persona.Manager, Persona.Administrator],
        [Policies.Rules] = [Persona.Marketer, Persona.Manager, Persona.Administrator],
        [Policies.Management] = [Persona.Manager, Persona.Administrator],
        [Policies.Administration] = [Persona.Administrator],
    };

    /// <param name="policies">Every policy an endpoint names; all of them must let the person in.</param>
    public static bool Is(Persona persona, IEnumerable<string> policies) => policies.All(p => Of(p).Contains(persona));

    public static IReadOnlyList<Persona> Of(string policy) => ApiPolicies.All.Contains(policy) ? [] : Matrix.TryGetValue(policy, out var personas)
        ? personas
        : throw new InvalidOperationException($"The policy {policy} is not in the matrix of this test; say who may pass it.");
}
