namespace Complaints.Cases;

/// <summary>A case. Made by the shell with <c>Guid.CreateVersion7</c>.</summary>
/// <param name="Value">The stored value.</param>
public readonly record struct CaseId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What somebody is to the case.</summary>
public enum ActorKind
{
    /// <summary>The person who complains.</summary>
    Customer,
    /// <summary>A member of staff.</summary>
    Agent,
    /// <summary>A member of staff who may approve.</summary>
    Manager,
    /// <summary>The portal itself: automatic messages and jobs.</summary>
    System,
}

/// <summary>Who did something.</summary>
/// <param name="Kind">In which role.</param>
/// <param name="Id">Staff or member id; empty for the system and for a customer without account.</param>
/// <param name="RecordedBy">Staff id when staff entered what the customer said, on the telephone for example.</param>
public sealed record Actor(ActorKind Kind, string Id, string? RecordedBy = null)
{
    /// <summary>The portal itself.</summary>
    public static readonly Actor Portal = new(ActorKind.System, "");

    /// <summary>The customer, with or without account.</summary>
    public static Actor Customer(string id = "", string? recordedBy = null) => new(ActorKind.Customer, id, recordedBy);

    /// <summary>A member of staff.</summary>
    public static Actor Agent(string id) => new(ActorKind.Agent, id);

    /// <summary>A member of staff who may approve.</summary>
    public static Actor Manager(string id) => new(ActorKind.Manager, id);

    /// <summary>Whether a person of the company did it.</summary>
    public bool IsStaff => Kind is ActorKind.Agent or ActorKind.Manager;
}

/// <summary>The way a message came or went.</summary>
public enum Channel
{
    /// <summary>The portal's pages.</summary>
    Web,
    /// <summary>Electronic mail.</summary>
    Email,
    /// <summary>By telephone, entered by staff.</summary>
    Phone,
    /// <summary>In a store, entered by staff.</summary>
    Store,
    /// <summary>A chat service.</summary>
    Chat,
}
